"""Names of images as the engine, the registry and the learner write them: which of them mean the same.

The engine's own documents hold names no parser accepts (``<none>:<none>``, bare ids), so nothing here raises.
"""

from __future__ import annotations

from functools import lru_cache

from labcheck.errors import InvalidReference
from labcheck.reference import Reference, parse_reference


@lru_cache(maxsize=4096)
def parsed(name: str) -> Reference | None:
    """The reference with Docker's defaults filled in, or ``None`` where this is no reference."""
    try:
        return parse_reference(name).with_default_tag()
    except InvalidReference:
        return None


def canonical(name: str) -> str:
    """The reference in full, so that two ways of writing it are one text; the empty string where this is none."""
    reference = parsed(name)
    return str(reference) if reference else ""


def same(one: str, other: str) -> bool:
    """Whether both name the same thing: ``nginx`` is ``docker.io/library/nginx:latest``."""
    reference = parsed(one)
    return reference is not None and reference == parsed(other)


def matches(name: str, demand: str) -> bool:
    """Whether the name is of the repository demanded, and of the tag, where the demand names one."""
    reference = parsed(name)
    try:
        wanted = parse_reference(demand)
    except InvalidReference:
        return False
    if reference is None or (reference.domain, reference.path) != (wanted.domain, wanted.path):
        return False
    return (wanted.tag is None and wanted.digest is None) or reference == wanted.with_default_tag()


def repository(name: str) -> str:
    """The registry and the path, without tag and digest; the empty string where this is no reference."""
    reference = parsed(name)
    return reference.name if reference else ""


def domain(name: str) -> str:
    """The registry the name leads to, or the empty string."""
    reference = parsed(name)
    return (reference.domain or "") if reference else ""
