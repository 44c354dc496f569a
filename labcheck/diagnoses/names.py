"""Mistakes with names: the image has one, but not the one it needs.

They are recognised by what the engine's images are called. How Docker refuses a name is in ``refusals.py``.
"""

from __future__ import annotations

from collections.abc import Callable

from labcheck.check import Check
from labcheck.checks import ImagePresent, ImagePulled, ImagePushed, ImageTagged, trace
from labcheck.diagnoses.refusals import MISTYPED, told_mistyped
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import LOOPBACK
from labcheck.mistakes import seen
from labcheck.name import domain, parsed, same
from labcheck.past import Past
from labcheck.query import Catalog, ImageNamed, StoredAt, Tags
from labcheck.reference import HUB, Reference
from labcheck.snapshot import Absent, Found
from labcheck.verdict import Fix

NEAR = 0.75
"""From this likeness on, one name is taken for a slip of the other: ``ngnix`` for ``nginx`` has 0.8."""

Slip = Callable[[Reference, Reference], bool]
"""Whether the first name is this slip of the second."""


def _is_typo(name: Reference, wanted: Reference) -> bool:
    one, other = name.path.rpartition("/")[2], wanted.path.rpartition("/")[2]
    if name.domain != wanted.domain or one == other:
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 - only where there is another name to be compared

    return SequenceMatcher(None, one, other).ratio() >= NEAR


def _has_library(name: Reference, wanted: Reference) -> bool:
    return name.domain == wanted.domain and name.path == f"library/{wanted.path}"


def _has_other_tag(name: Reference, wanted: Reference) -> bool:
    return (name.domain, name.path) == (wanted.domain, wanted.path) and name.tag != wanted.tag


def _has_other_address(name: Reference, wanted: Reference) -> bool:
    (host, _, port), (wanted_host, _, wanted_port) = name.domain.rpartition(":"), wanted.domain.rpartition(":")
    return name.path == wanted.path and host != wanted_host and port == wanted_port and {host, wanted_host} <= LOOPBACK


def _has_other_registry(name: Reference, wanted: Reference) -> bool:
    return name.path == wanted.path and HUB not in {name.domain, wanted.domain} and name.domain != wanted.domain


def _slipped(check: Check, past: Past, slip: Slip) -> str | None:
    """The name that an image has, or a registry holds, instead of the one that the check wants."""
    if not isinstance(check, ImagePresent | ImageTagged | ImagePushed | ImagePulled):
        return None
    reference = parsed(check.target if isinstance(check, ImageTagged) else check.image)
    if reference is None:
        return None
    return next((it for it in _instead(check, past, reference) if (name := parsed(it)) and slip(name, reference)), None)


def _instead(check: Check, past: Past, wanted: Reference) -> tuple[str, ...]:
    """The names that may stand there for the one that is missing."""
    if isinstance(check, ImageTagged):
        source = seen.image(past, check.source)
        if source is None or not isinstance(past.now(ImageNamed(check.target)), Absent):
            return ()
        return seen.names(past, source.id, but=check.source)
    if isinstance(check, ImagePushed):
        return _held(past, wanted) if isinstance(past.now(StoredAt(check.image)), Absent) else ()
    if isinstance(check, ImagePresent) and isinstance(past.now(ImageNamed(check.image)), Absent):
        return seen.names(past)
    if isinstance(check, ImagePulled) and isinstance(past.now(ImageNamed(check.image)), Absent):
        return tuple(name for name in seen.names(past) if trace.pulled(past, name))
    return ()


def _held(past: Past, wanted: Reference) -> tuple[str, ...]:
    """What the registry holds: its repositories, and the tags of this one."""
    catalog, tags = past.now(Catalog(wanted.domain)), past.now(Tags(wanted.domain, wanted.path))
    others = catalog.value if isinstance(catalog, Found) else ()
    return (
        *(f"{wanted.name}:{tag}" for tag in (tags.value if isinstance(tags, Found) else ())),
        *(f"{wanted.domain}/{path}" for path in others if path != wanted.path),
    )


def _named(slip: Slip, why: str) -> Callable[[Check, Past], Explanation | None]:
    """A recogniser of this slip; ``why`` tells of {there}, the name that is there, {wanted} and its {domain}."""

    def recognise(check: Check, past: Past) -> Explanation | None:
        it = _slipped(check, past, slip)
        if it is None or not isinstance(check, ImagePresent | ImageTagged | ImagePushed | ImagePulled):
            return None
        wanted = check.target if isinstance(check, ImageTagged) else check.image
        where = "The registry holds" if isinstance(check, ImagePushed) else "Here is"
        told = why.format(there=f"{where} {it}", wanted=wanted, domain=domain(wanted))
        return Explanation(told, check.fix(past))

    return recognise


def _registry_missing(check: Check, past: Past) -> Explanation | None:
    source = seen.image(past, check.source) if isinstance(check, ImageTagged) else None
    if not isinstance(check, ImageTagged) or source is None:
        return None
    if not isinstance(past.now(ImageNamed(check.target)), Absent):
        return None
    others = [it for it in seen.names(past, source.id, but=check.source) if domain(it) == HUB and _was_tagged(it, past)]
    if not others or domain(check.target) == HUB:
        return None
    return Explanation(
        f"The second name is {others[0]}, without a registry in front. "
        f"Such a name belongs to Docker Hub; yours begins with {domain(check.target)}/.",
        check.fix(past),
    )


def _was_tagged(name: str, past: Past) -> bool:
    """Whether the image was given this name here, rather than pulled by it."""
    tag, pull = trace.tagged(past, name), trace.pulled(past, name)
    return pull is None or (tag is not None and tag.at > pull.at)


def _tags_swapped(check: Check, past: Past) -> Explanation | None:
    source, target = _both(check, past)
    if not isinstance(check, ImageTagged) or not source or not target:
        return None
    theirs, ours = parsed(check.target), [parsed(name) for name in seen.names(past, source, but=check.source)]
    swapped = next((it for it in ours if it and theirs and it.domain == theirs.domain and it.path != theirs.path), None)
    if swapped is None:
        return None
    rightful = next((it for it in seen.names(past, target) if domain(it) == HUB), "")
    if not _ends_alike(rightful, swapped):
        return None
    return Explanation(
        f"The two names are swapped: {check.target} is {rightful}, and {swapped.familiar} is {check.source}. "
        "Tag both again; a name moves.",
        Fix(
            (
                f"docker image tag {check.source} {check.target}",
                f"docker image tag {rightful} {swapped.familiar}",
            )
        ),
    )


def _ends_alike(name: str, other: Reference) -> bool:
    reference = parsed(name)
    return reference is not None and reference.path.rpartition("/")[2] == other.path.rpartition("/")[2]


def _tag_on_another_image(check: Check, past: Past) -> Explanation | None:
    source, target = _both(check, past)
    if not isinstance(check, ImageTagged) or not source or not target:
        return None
    others = [name for name in seen.names(past, target, but=check.target) if domain(name) == HUB]
    if not others:
        return None
    return Explanation(
        f"{check.target} is another image: it is {others[0]}. Tag again; the name moves to the right image.",
        check.fix(past),
    )


def _tagged_before_newer_pull(check: Check, past: Past) -> Explanation | None:
    source, target = _both(check, past)
    if not isinstance(check, ImageTagged) or not source or not target:
        return None
    was = any(isinstance(it, Found) and it.value.id == target for it in past.was(ImageNamed(check.source)))
    tag, pull = trace.tagged(past, check.target), trace.pulled(past, check.source)
    if not was and (tag is None or pull is None or pull.at < tag.at):
        return None
    pulled = tag is not None and pull is not None and pull.at > tag.at
    how = "given to another image" if was and not pulled else f"{'' if was else 'probably '}pulled anew"
    return Explanation(
        f"{check.target} is an older image: after it was tagged, {check.source} was {how}. "
        "A second name does not follow; tag again.",
        check.fix(past),
    )


def _both(check: Check, past: Past) -> tuple[str, str]:
    """The ids of source and target where both are here and differ; else two empty texts."""
    if not isinstance(check, ImageTagged):
        return "", ""
    source, target = seen.image(past, check.source), seen.image(past, check.target)
    if source is None or target is None or source.id == target.id or same(check.source, check.target):
        return "", ""
    return source.id, target.id


DIAGNOSES = (
    Diagnosis(
        "library-in-name",
        "The name has library/ in it, which only Docker Hub needs.",
        _named(
            _has_library, "{there}, but {wanted} is asked for. Only on Docker Hub the official images lie in library/."
        ),
    ),
    Diagnosis(
        "other-address-in-name",
        "The name has another address of the same registry, such as 127.0.0.1 for localhost.",
        _named(
            _has_other_address,
            "{there}, but {wanted} is asked for. It is the same registry by another name, "
            "and to Docker each name is a registry of its own.",
        ),
    ),
    Diagnosis(
        "other-registry-in-name",
        "The name has the address of another registry, or not its port.",
        _named(_has_other_registry, "{there}, but the registry is {domain}: {wanted} is asked for."),
    ),
    Diagnosis(
        "another-tag",
        "The image has the right name, but another tag.",
        _named(
            _has_other_tag, "{there}, but {wanted} is asked for. What stands after the colon must be the same, too."
        ),
    ),
    Diagnosis(
        "image-name-mistyped",
        "The name of the image is mistyped.",
        _named(_is_typo, "{there}, but {wanted} is asked for. That is probably a slip of the keyboard."),
        MISTYPED,
        told_mistyped,
    ),
    Diagnosis("registry-missing-in-name", "The name has no registry in front.", _registry_missing),
    Diagnosis("tags-swapped", "Each of two images has the other one's name.", _tags_swapped),
    Diagnosis("tag-on-another-image", "The name was given to another image.", _tag_on_another_image),
    Diagnosis("tagged-before-newer-pull", "The image was pulled anew after it was tagged.", _tagged_before_newer_pull),
)
