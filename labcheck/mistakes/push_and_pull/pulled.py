"""Where an image that is here came from, if not from the registry that was meant."""

from __future__ import annotations

from labcheck.checks import ImagePulled, trace
from labcheck.checks.transfer import untold
from labcheck.checks.whose import removing
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import domain, parsed, same
from labcheck.past import Past, Told
from labcheck.query import ImageNamed
from labcheck.reference import HUB
from labcheck.snapshot import Absent, Found
from labcheck.verdict import Fix


@recognises("pulled-from-docker-hub", ImagePulled)
def pulled_from_docker_hub(check: ImagePulled, past: Past) -> Facts | None:
    """It was pulled from Docker Hub after its removal, and then tagged, or is here under Docker Hub's name alone."""
    if not isinstance(past.now(ImageNamed(check.image)), Found):
        return _only_pulled_from_docker_hub(check, past)
    tag = _tag(check, past)
    pushed = trace.pushed(past, check.image)
    if tag is None or pushed is None:
        return None
    gone = [moment for moment in trace.removals(past, check.image) if moment < tag.at]
    if not gone or gone[-1] < pushed.at:
        return None
    hub = [it.actor for it in past.events("image/pull") if pushed.at < it.at < tag.at]
    hub = [name for name in hub if domain(name) == HUB and _has_path_of(check.image, name)]
    return facts(_again(check, past), image=check.image, hub=hub[-1], tagged=True) if hub else None


def _only_pulled_from_docker_hub(check: ImagePulled, past: Past) -> Facts | None:
    """The image is here under Docker Hub's name alone."""
    wanted, gone = parsed(check.image), trace.removals(past, check.image)
    if wanted is None or not gone or not isinstance(past.now(ImageNamed(check.image)), Absent):
        return None
    hub = f"{HUB}/library/{wanted.path}:{wanted.tag}"
    pull, pushed = trace.pulled(past, hub), trace.pushed(past, check.image)
    if pull is None or pushed is None or pull.at < pushed.at or not any(same(hub, name) for name in seen.names(past)):
        return None
    return facts(check.fix(past), hub=pull.actor, domain=wanted.domain)


@recognises("pulled-by-another-address", ImagePulled)
def pulled_by_another_address(check: ImagePulled, past: Past) -> Facts | None:
    """It was pulled by another registry's name, and then tagged."""
    tag = _tag(check, past) if isinstance(past.now(ImageNamed(check.image)), Found) else None
    if tag is None:
        return None
    wanted, pushed = parsed(check.image), trace.pushed(past, check.image)
    since = pushed.at if pushed else 0
    others = [it.actor for it in past.events("image/pull") if since < it.at < tag.at]
    others = [it for it in others if (name := parsed(it)) and wanted and name.path == wanted.path]
    others = [it for it in others if domain(it) not in {HUB, domain(check.image)}]
    return facts(_again(check, past), other=others[-1], image=check.image) if others else None


@recognises("loaded-not-pulled", ImagePulled)
def loaded_not_pulled(check: ImagePulled, past: Past) -> Facts | None:
    """It was loaded from a file, whether or not it was pulled afterwards; what uses it."""
    given = trace.given(past, check.image) if isinstance(past.now(ImageNamed(check.image)), Found) else None
    if given is None or given.kind != "image/load":
        return None
    return facts(_again(check, past), image=check.image, using=" and ".join(_using(check, past)))


@recognises("pulled-without-removing", ImagePulled)
def pulled_without_removing(check: ImagePulled, past: Past) -> Facts | None:
    """It was pulled, and its name was not removed before; what uses it."""
    if not isinstance(past.now(ImageNamed(check.image)), Found):
        return None
    tag, pull = trace.given(past, check.image), trace.pulled(past, check.image)
    given = tag.at if tag else past.began
    if pull is None or pull.at < given or any(gap >= given for gap in past.gaps):
        return None
    if untold(past, tag) or any(given < gone < pull.at for gone in trace.removals(past, check.image)):
        return None
    return facts(_again(check, past), image=check.image, using=" and ".join(_using(check, past)))


def _tag(check: ImagePulled, past: Past) -> Told | None:
    """When the image was given its name; ``None`` if it was pulled by it since."""
    tag, pull = trace.given(past, check.image), trace.pulled(past, check.image)
    return None if tag is None or (pull is not None and pull.at > tag.at) else tag


def _has_path_of(image: str, hub: str) -> bool:
    """Whether the last part of both names is the same."""
    one, other = parsed(image), parsed(hub)
    return bool(one and other and one.path.rpartition("/")[2] == other.path.rpartition("/")[2])


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
