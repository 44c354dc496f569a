"""What a registry, or what stands in its place, replied to a push or a pull."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.mistake import Facts, explains, facts
from labcheck.mistake.message import SOMEWHERE
from labcheck.mistake.page import YOURS
from labcheck.mistakes.refused.name import can_be_pulled, last_part
from labcheck.name import domain, matches, parsed
from labcheck.reference import HUB


@explains("pushed-to-docker-hub")
def pushed_to_docker_hub(said: Mapping[str, str]) -> Facts:
    """The name that would lead to the learner's own registry, the account, and whether the image surely exists."""
    name = said["name"]
    account = name.partition("/")[0] if "/" in name else ""
    return facts(known=can_be_pulled(name), ours=f"{SOMEWHERE}/{last_part(name)}", account=account)


@explains("docker-hub-unreachable")
def docker_hub_unreachable(said: Mapping[str, str]) -> Facts:
    """Whether another registry's image is asked for than the one that the course has."""
    ours = any(matches(said["name"], image) for image in ("registry:2", "registry:latest"))
    return facts(another=matches(said["name"], "registry") and not ours)


@explains("repository-does-not-exist")
def repository_does_not_exist(said: Mapping[str, str]) -> Facts:
    """The registry where it is not Docker Hub, and the name as people write it."""
    name = said["name"] or said["resolved"]
    registry, reference = domain(name), parsed(name)
    if registry not in {HUB, ""}:
        return facts(name=name, registry=registry)
    return facts(name=reference.familiar if reference and said["resolved"] else name)


@explains("forbidden")
def forbidden(said: Mapping[str, str]) -> Facts:
    """Who was asked, and whether that is this very machine."""
    address = said["domain"] or said["asked"] or said["login"] or said["pulled"] or said[YOURS]
    return facts(address=address, here=is_here(address), nowhere=address == SOMEWHERE)


def is_here(address: str) -> bool:
    """Whether that is this very machine."""
    return address.startswith(("localhost", "127."))
