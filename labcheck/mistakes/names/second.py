"""An image's second name: which image has it, and whether it leads to the registry."""

from __future__ import annotations

from labcheck.checks import ImageTagged, trace
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import domain, parsed, same
from labcheck.past import Past
from labcheck.query import ImageNamed
from labcheck.reference import HUB, Reference
from labcheck.snapshot import Absent, Found


@recognises("registry-missing-in-name", ImageTagged)
def registry_missing_in_name(check: ImageTagged, past: Past) -> Facts | None:
    """The image has a second name, and that is Docker Hub's."""
    source = seen.image(past, check.source)
    if source is None or not isinstance(past.now(ImageNamed(check.target)), Absent):
        return None
    names = seen.names(past, source.id, but=check.source)
    others = [it for it in names if domain(it) == HUB and _was_tagged(it, past)]
    if not others or domain(check.target) == HUB:
        return None
    return facts(check.fix(past), name=others[0], domain=domain(check.target))


@recognises("tags-swapped", ImageTagged)
def tags_swapped(check: ImageTagged, past: Past) -> Facts | None:
    """Another image has the name, and this image has a name that was meant for that one."""
    source, target = _both(check, past)
    if not source or not target:
        return None
    theirs, ours = parsed(check.target), [parsed(name) for name in seen.names(past, source, but=check.source)]
    swapped = next((it for it in ours if it and theirs and it.domain == theirs.domain and it.path != theirs.path), None)
    if swapped is None:
        return None
    rightful = next((it for it in seen.names(past, target) if domain(it) == HUB), "")
    if not _ends_alike(rightful, swapped):
        return None
    return facts(source=check.source, target=check.target, rightful=rightful, swapped=swapped.familiar)


@recognises("tag-on-another-image", ImageTagged)
def tag_on_another_image(check: ImageTagged, past: Past) -> Facts | None:
    """The image that has the name is one of Docker Hub."""
    _, target = _both(check, past)
    others = [name for name in seen.names(past, target, but=check.target) if domain(name) == HUB] if target else []
    return facts(check.fix(past), target=check.target, other=others[0]) if others else None


@recognises("tagged-before-newer-pull", ImageTagged)
def tagged_before_newer_pull(check: ImageTagged, past: Past) -> Facts | None:
    """The first name was the same image's once, or it was pulled after the second was given."""
    _, target = _both(check, past)
    if not target:
        return None
    was = any(isinstance(it, Found) and it.value.id == target for it in past.was(ImageNamed(check.source)))
    tag, pull = trace.tagged(past, check.target), trace.pulled(past, check.source)
    if not was and (tag is None or pull is None or pull.at < tag.at):
        return None
    pulled = tag is not None and pull is not None and pull.at > tag.at
    return facts(check.fix(past), target=check.target, source=check.source, moved=was and not pulled, certain=was)


def _was_tagged(name: str, past: Past) -> bool:
    """Whether the image was given this name here, rather than pulled by it."""
    tag, pull = trace.tagged(past, name), trace.pulled(past, name)
    return pull is None or (tag is not None and tag.at > pull.at)


def _ends_alike(name: str, other: Reference) -> bool:
    reference = parsed(name)
    return reference is not None and reference.path.rpartition("/")[2] == other.path.rpartition("/")[2]


def _both(check: ImageTagged, past: Past) -> tuple[str, str]:
    """The ids of source and target where both are here and differ; else two empty texts."""
    source, target = seen.image(past, check.source), seen.image(past, check.target)
    if source is None or target is None or source.id == target.id or same(check.source, check.target):
        return "", ""
    return source.id, target.id
