"""Which container runs: one of another image, or of another name."""

from __future__ import annotations

import re

from labcheck.checks import ContainerRuns
from labcheck.checks.origin import made_from, unclear
from labcheck.engine import ListedContainer
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.past import Past
from labcheck.query import ContainerNamed
from labcheck.snapshot import Absent

INVENTED = r"[a-z]+_[a-z]+\d?"
"""Docker invents such names: ``happy_turing``."""


@recognises("another-image-runs", ContainerRuns)
def another_image_runs(check: ContainerRuns, past: Past) -> Facts | None:
    """The container with this name was certainly created from another image."""
    it = seen.container(past, check.name)
    if it is None or made_from(it, check.image, past) or unclear(past):
        return None
    if check.is_registry(it, past) or check.unanswered(it, past):
        return None
    return facts(name=it.name, image=it.image, expected=check.image)


@recognises("container-name-forgotten", ContainerRuns)
def container_name_forgotten(check: ContainerRuns, past: Past) -> Facts | None:
    """Docker invented the name of the container that runs."""
    name = _other_name(check, past)
    return facts(name=name, expected=check.name) if re.fullmatch(INVENTED, name) else None


@recognises("container-name-mistyped", ContainerRuns)
def container_name_mistyped(check: ContainerRuns, past: Past) -> Facts | None:
    """The container that runs has another name."""
    name = _other_name(check, past)
    return facts(name=name, expected=check.name) if name else None


def _other_name(check: ContainerRuns, past: Past) -> str:
    """The name of the running container of the image; of several, the one at the port. Empty if it is not clear."""
    if not isinstance(past.now(ContainerNamed(check.name)), Absent):
        return ""
    running = [it for it in seen.containers(past) if made_from(it, check.image, past) and it.status == "running"]
    if len(running) > 1:
        running = [it for it in running if any(_is_at(it, address, past) for address in seen.addresses(past))]
    return running[0].name if len(running) == 1 else ""


def _is_at(it: ListedContainer, address: str, past: Past) -> bool:
    return seen.publishes(it, address) or seen.answers_at(it, address, past)
