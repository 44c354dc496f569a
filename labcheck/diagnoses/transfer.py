"""Mistakes with what goes from the engine to the registry and back."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ImagePulled, ImagePushed, trace
from labcheck.checks.whose import removing
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.mistakes import seen
from labcheck.name import domain, matches, parsed, same
from labcheck.past import Past
from labcheck.query import Catalog, ImageNamed, StoredAt
from labcheck.reference import HUB
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix


def _registry_recreated_empty(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePushed) or not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    held = past.last_seen(StoredAt(check.image))
    event = trace.pushed(past, check.image)
    since = max(held, event.at if event else 0)
    anew = any(it.at > since and matches(it.image, "registry") for it in past.events("container/create"))
    if not since or not anew:
        return None
    return Explanation(
        f"{check.image} was pushed, but the registry was made anew since then, and a new registry is empty. "
        "What a registry holds goes with its volume.",
        check.fix(past),
    )


def _tagged_not_pushed(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePushed) or not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    if not isinstance(past.now(ImageNamed(check.image)), Found) or trace.pushed(past, check.image):
        return None
    catalog, named, holds = past.now(Catalog(domain(check.image))), parsed(check.image), ""
    # A repository stands in the catalog from the first byte of a push on, before there is an image in it.
    if isinstance(catalog, Found) and not (named and named.path in catalog.value):
        others = ", ".join(catalog.value)
        holds = f" The registry holds only {others}." if others else " The registry is still empty."
    return Explanation(
        f"{check.image} has its name, but it was not pushed. A name alone sends nothing.{holds}",
        Fix((f"docker push {check.image}",)),
    )


def _older_image_pushed(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePushed):
        return None
    stored, source = past.now(StoredAt(check.image)), past.last_found(ImageNamed(check.source))
    if not isinstance(stored, Found) or source is None or source.layers in stored.value.layers:
        return None
    was = [it.value.layers for it in past.was(ImageNamed(check.source)) if isinstance(it, Found)]
    if not any(layers and layers in stored.value.layers for layers in was):
        return None
    return Explanation(
        f"The registry holds an older image under {check.image}: since the push, {check.source} was pulled anew. "
        "Tag the new one and push again; the name moves to it.",
        _tag_and_push(check, past),
    )


def _tag_and_push(check: ImagePushed, past: Past) -> Fix:
    """Move the name to the right image, which is pulled first where it is not here any more."""
    pull = () if seen.image(past, check.source) else (f"docker pull {check.source}",)
    return Fix((*pull, f"docker image tag {check.source} {check.image}", f"docker push {check.image}"))


def _parts_missing(check: Check, past: Past) -> Explanation | None:
    stored = past.now(StoredAt(check.image)) if isinstance(check, ImagePushed) else Absent()
    if not isinstance(check, ImagePushed) or not (check.is_listed(past) or isinstance(stored, Found)):
        return None
    if isinstance(stored, Unknown) or (isinstance(stored, Found) and not stored.value.missing):
        return None
    registries = [it.name for it in seen.containers(past) if matches(it.image, "registry") and it.status == "running"]
    push = trace.pushed(past, check.image)
    restarted = any((again := trace.started(past, name)) and push and again.at > push.at for name in registries)
    why = f"The registry knows {check.image}, but parts of it are gone, probably by a clean-up. "
    if restarted:
        return Explanation(f"{why}A push sends them again.", check.fix(past))
    restarts = tuple(f"docker restart {name}" for name in registries)
    then = "Then push again." if restarts else "docker restart NAME restarts it. Then push again."
    return Explanation(
        f"{why}Restart it first: it may still remember them, and a push would not send them.",
        Fix(restarts, then),
    )


def _another_image_pushed(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePushed):
        return None
    stored, source = past.now(StoredAt(check.image)), past.last_found(ImageNamed(check.source))
    if not isinstance(stored, Found) or stored.value.missing or source is None:
        return None
    if not source.layers or source.layers in stored.value.layers:
        return None
    return Explanation(
        f"Another image than {check.source} was pushed under the name {check.image}. "
        "Tag the right one and push again; the name moves to it.",
        _tag_and_push(check, past),
    )


PARTS_MISSING = (
    r"\bunknown blob|download failed after attempts|filesystem layer verification failed"
    r"|could not fetch content descriptor sha256:\w+ \([^)]*\) from remote: not found"
    r"|content at \S+ not found: not found"
)


def _told_parts(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The registry knows the image, but probably parts of it are gone, as after a clean-up. "
        "Until it is restarted it still remembers them, and a push does not send them.",
        Fix(
            advice="Restart the registry (docker restart NAME), then push the image again. "
            "If the image is not here any more, pull it from where it came and tag it first."
        ),
    )


def _pulled_from_docker_hub(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePulled):
        return None
    if not isinstance(past.now(ImageNamed(check.image)), Found):
        return _only_pulled_from_docker_hub(check, past)
    tag, pull = trace.tagged(past, check.image), trace.pulled(past, check.image)
    if tag is None or (pull is not None and pull.at > tag.at):
        return None
    gone = [moment for moment in trace.removals(past, check.image) if moment < tag.at]
    pushed = trace.pushed(past, check.image)
    if not gone or pushed is None or gone[-1] < pushed.at:
        return None
    hub = [it.actor for it in past.events("image/pull") if pushed.at < it.at < tag.at]
    hub = [name for name in hub if domain(name) == HUB and _has_path_of(check.image, name)]
    if not hub:
        return None
    return Explanation(
        f"{check.image} is here, but it did not come from your registry: "
        f"{hub[-1]} was pulled from Docker Hub and tagged.",
        _again(check, past),
    )


def _has_path_of(image: str, hub: str) -> bool:
    """Whether the last part of both names is the same."""
    one, other = parsed(image), parsed(hub)
    return bool(one and other and one.path.rpartition("/")[2] == other.path.rpartition("/")[2])


def _only_pulled_from_docker_hub(check: ImagePulled, past: Past) -> Explanation | None:
    """The image is here under Docker Hub's name alone."""
    wanted, gone = parsed(check.image), trace.removals(past, check.image)
    if wanted is None or not gone or not isinstance(past.now(ImageNamed(check.image)), Absent):
        return None
    hub = f"{HUB}/library/{wanted.path}:{wanted.tag}"
    pull = trace.pulled(past, hub)
    pushed = trace.pushed(past, check.image)
    if pull is None or pushed is None or pull.at < pushed.at or not any(same(hub, name) for name in seen.names(past)):
        return None
    return Explanation(
        f"{pull.actor} was pulled, and that is Docker Hub's image. The name says where to pull from: "
        f"yours begins with {wanted.domain}/.",
        check.fix(past),
    )


def _pulled_by_another_address(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePulled) or not isinstance(past.now(ImageNamed(check.image)), Found):
        return None
    tag, pull = trace.tagged(past, check.image), trace.pulled(past, check.image)
    if tag is None or (pull is not None and pull.at > tag.at):
        return None
    wanted, pushed = parsed(check.image), trace.pushed(past, check.image)
    since = pushed.at if pushed else 0
    others = [it.actor for it in past.events("image/pull") if since < it.at < tag.at]
    others = [it for it in others if (name := parsed(it)) and wanted and name.path == wanted.path]
    others = [it for it in others if domain(it) not in {HUB, domain(check.image)}]
    if not others:
        return None
    return Explanation(
        f"{others[-1]} was pulled and tagged. The step asks for a pull by the name {check.image}.", _again(check, past)
    )


def _pulled_without_removing(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImagePulled) or not isinstance(past.now(ImageNamed(check.image)), Found):
        return None
    tag, pull = trace.tagged(past, check.image), trace.pulled(past, check.image)
    given = tag.at if tag else past.began
    if pull is None or pull.at < given or any(gap >= given for gap in past.gaps):
        return None
    if any(given < gone < pull.at for gone in trace.removals(past, check.image)):
        return None
    using = " and ".join(_using(check, past))
    first = f"First remove what uses it ({using}), then the name." if using else "Remove the name first."
    return Explanation(
        f'{check.image} was still here, so the pull said "Image is up to date" and fetched nothing. {first}',
        _again(check, past),
    )


def _told_up_to_date(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"{match['name']} is here already, the same as in the registry, so nothing was fetched. "
        "To see it come from the registry, remove the name first.",
        Fix(
            (f"docker image rm {match['name']}", f"docker pull {match['name']}"),
            "If a container uses it, the name stays: remove that container first. docker ps -a shows it.",
        ),
    )


def _again(check: ImagePulled, past: Past) -> Fix:
    """Remove the image with all its names, then pull: of one name among several, the engine tells too little.

    Docker keeps the image of every container, so those go first.
    """
    image = seen.image(past, check.image)
    others = tuple(name for name in image.names if not same(name, check.image)) if image else ()
    return removing(
        past, _using(check, past), f"docker image rm {' '.join((*others, check.image))}", f"docker pull {check.image}"
    )


def _using(check: ImagePulled, past: Past) -> tuple[str, ...]:
    """The containers that keep the image."""
    image = seen.image(past, check.image)
    return tuple(it.name for it in seen.containers(past) if image and it.image_id == image.id)


DIAGNOSES = (
    Diagnosis(
        "parts-missing",
        "The registry knows the image, but parts of it are gone.",
        _parts_missing,
        PARTS_MISSING,
        _told_parts,
    ),
    Diagnosis("registry-recreated-empty", "The registry was made anew after the push.", _registry_recreated_empty),
    Diagnosis("tagged-not-pushed", "The image has its new name, but was not pushed.", _tagged_not_pushed),
    Diagnosis("older-image-pushed", "The registry holds an older image under the name.", _older_image_pushed),
    Diagnosis("another-image-pushed", "Another image was pushed under the name.", _another_image_pushed),
    Diagnosis("pulled-by-another-address", "It was pulled by another name and tagged.", _pulled_by_another_address),
    Diagnosis("pulled-from-docker-hub", "The image was pulled from Docker Hub.", _pulled_from_docker_hub),
    Diagnosis(
        "pulled-without-removing",
        "The image was still here when it was pulled.",
        _pulled_without_removing,
        r"Status: Image is up to date for (?P<name>\S+)",
        _told_up_to_date,
    ),
)
