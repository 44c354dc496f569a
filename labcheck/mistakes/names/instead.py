"""The name that an image has, or a registry holds, instead of the one asked for; which kind of mistake it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from labcheck.checks import ImagePresent, ImagePulled, ImageTagged, Pushed, trace
from labcheck.engine import LOOPBACK
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import domain, parsed
from labcheck.oci import about
from labcheck.past import Past
from labcheck.query import Catalog, ImageNamed, StoredAt, Tags
from labcheck.reference import HUB, Reference
from labcheck.snapshot import Absent, Found

NEAR = 0.75
"""From this likeness on, one name is taken for a slip of the other: ``ngnix`` for ``nginx`` has 0.8."""

NameNeeded: TypeAlias = ImagePresent | ImageTagged | Pushed | ImagePulled
Slip: TypeAlias = Callable[[Reference, Reference], bool]
"""Whether the first name is this slip of the second."""


@recognises("library-in-name", ImagePresent, ImageTagged, Pushed, ImagePulled)
def library_in_name(check: NameNeeded, past: Past) -> Facts | None:
    """It has library/ in front of its path."""
    return _instead(check, past, lambda it, wanted: it.domain == wanted.domain and it.path == f"library/{wanted.path}")


@recognises("other-address-in-name", ImagePresent, ImageTagged, Pushed, ImagePulled)
def other_address_in_name(check: NameNeeded, past: Past) -> Facts | None:
    """It uses another address of this computer."""
    return _instead(check, past, has_other_address)


@recognises("other-registry-in-name", ImagePresent, ImageTagged, Pushed, ImagePulled)
def other_registry_in_name(check: NameNeeded, past: Past) -> Facts | None:
    """It is another registry's, and not Docker Hub's."""
    return _instead(check, past, has_other_registry)


@recognises("another-tag", ImagePresent, ImageTagged, Pushed, ImagePulled)
def another_tag(check: NameNeeded, past: Past) -> Facts | None:
    """It differs in the tag only."""
    return _instead(check, past, has_other_tag)


@recognises("image-name-mistyped", ImagePresent, ImageTagged, Pushed, ImagePulled)
def image_name_mistyped(check: NameNeeded, past: Past) -> Facts | None:
    """It is nearly the same."""
    return _instead(check, past, is_near)


def has_other_tag(name: Reference, wanted: Reference) -> bool:
    """Whether it differs in the tag only."""
    return name.name == wanted.name and name.tag != wanted.tag


def has_other_address(name: Reference, wanted: Reference) -> bool:
    """Whether it has another of this computer's own addresses."""
    (host, _, port), (wanted_host, _, wanted_port) = name.domain.rpartition(":"), wanted.domain.rpartition(":")
    return name.path == wanted.path and host != wanted_host and port == wanted_port and {host, wanted_host} <= LOOPBACK


def has_other_registry(name: Reference, wanted: Reference) -> bool:
    """Whether it is in another registry, which is not Docker Hub."""
    return name.path == wanted.path and HUB not in {name.domain, wanted.domain} and name.domain != wanted.domain


def is_near(name: Reference, wanted: Reference) -> bool:
    """Whether it may be a slip of the keyboard."""
    one, other = name.path.rpartition("/")[2], wanted.path.rpartition("/")[2]
    if name.domain != wanted.domain or one == other:
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 - only where there is another name to be compared

    return SequenceMatcher(None, one, other).ratio() >= NEAR


def _instead(check: NameNeeded, past: Past, slip: Slip) -> Facts | None:
    """Where such a name is, and which one is wanted."""
    wanted = check.target if isinstance(check, ImageTagged) else check.image
    reference = parsed(wanted)
    if reference is None:
        return None
    names = _missing_but(check, past, reference)
    found = next((it for it in names if (name := parsed(it)) and slip(name, reference)), None)
    if found is None:
        return None
    there = f"The registry holds {found}" if isinstance(check, Pushed) else f"Here is {found}"
    return facts(check.fix(past), there=there, wanted=wanted, domain=domain(wanted))


def _missing_but(check: NameNeeded, past: Past, wanted: Reference) -> tuple[str, ...]:
    """The names that may stand there for the one that is missing."""
    if isinstance(check, ImageTagged):
        source = seen.image(past, check.source)
        if source is None or not isinstance(past.now(ImageNamed(check.target)), Absent):
            return ()
        return seen.names(past, source.id, but=check.source)
    if isinstance(check, Pushed):
        return _held(past, wanted) if isinstance(past.now(StoredAt(check.image)), Absent) else ()
    if not isinstance(past.now(ImageNamed(check.image)), Absent):
        return ()
    names = seen.names(past)
    return names if isinstance(check, ImagePresent) else tuple(name for name in names if trace.pulled(past, name))


def _held(past: Past, wanted: Reference) -> tuple[str, ...]:
    """What the registry holds: its repositories, and the tags of this one, but not those of signatures."""
    catalog, tags = past.now(Catalog(wanted.domain)), past.now(Tags(wanted.domain, wanted.path))
    others = catalog.value if isinstance(catalog, Found) else ()
    return (
        *(f"{wanted.name}:{tag}" for tag in (tags.value if isinstance(tags, Found) else ()) if not about(tag)),
        *(f"{wanted.domain}/{path}" for path in others if path != wanted.path),
    )
