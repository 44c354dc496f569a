"""The name that an edited image was given, by docker commit or docker build, instead of the one asked for."""

from __future__ import annotations

from labcheck.checks import ImageBuiltOn, trace
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.names.instead import Slip, has_other_address, has_other_registry, has_other_tag, is_near
from labcheck.name import canonical, domain, parsed
from labcheck.past import Past
from labcheck.query import ImageNamed
from labcheck.reference import HUB, Reference
from labcheck.snapshot import Absent
from labcheck.verdict import Fix


@recognises("registry-missing-in-name", ImageBuiltOn)
def registry_missing(check: ImageBuiltOn, past: Past) -> Facts | None:
    """It is Docker Hub's."""
    found = _named(check, past, _has_none)
    return facts(_tag(found, check), name=found, domain=domain(check.image), made=True) if found else None


@recognises("another-tag", ImageBuiltOn)
def another_tag(check: ImageBuiltOn, past: Past) -> Facts | None:
    """It differs in the tag only."""
    return _instead(check, past, has_other_tag)


@recognises("other-address-in-name", ImageBuiltOn)
def other_address(check: ImageBuiltOn, past: Past) -> Facts | None:
    """It uses another address of this computer."""
    return _instead(check, past, has_other_address)


@recognises("other-registry-in-name", ImageBuiltOn)
def other_registry(check: ImageBuiltOn, past: Past) -> Facts | None:
    """It is another registry's, and not Docker Hub's."""
    return _instead(check, past, has_other_registry)


@recognises("image-name-mistyped", ImageBuiltOn)
def mistyped(check: ImageBuiltOn, past: Past) -> Facts | None:
    """It is nearly the same."""
    return _instead(check, past, is_near)


def _instead(check: ImageBuiltOn, past: Past, slip: Slip) -> Facts | None:
    found = _named(check, past, slip)
    there = f"Here is {found}"
    return facts(_tag(found, check), there=there, wanted=check.image, domain=domain(check.image)) if found else None


def _named(check: ImageBuiltOn, past: Past, slip: Slip) -> str:
    """The newest name that was given here, is such a slip, and is none of the lab's own; or the empty string."""
    wanted = parsed(check.image)
    if wanted is None or not isinstance(past.now(ImageNamed(check.image)), Absent):
        return ""
    own = {canonical(it.reference) for it in past.queries if isinstance(it, ImageNamed)}
    others = (it for it in seen.names(past) if canonical(it) not in own)
    given = {
        it: tag.at for it in others if (tag := trace.tagged(past, it)) and (name := parsed(it)) and slip(name, wanted)
    }
    return max(given, key=lambda it: given[it], default="")


def _has_none(name: Reference, wanted: Reference) -> bool:
    return name.domain == HUB != wanted.domain and name.path.rpartition("/")[2] == wanted.path.rpartition("/")[2]


def _tag(name: str, check: ImageBuiltOn) -> Fix:
    return Fix((f"docker image tag {name} {check.image}",))
