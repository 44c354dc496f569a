"""Names of images as the engine, the registry and the learner write them, and which of them mean the same.

The engine's documents contain names that no parser accepts (``<none>:<none>``, bare ids), so nothing here raises.
"""

from __future__ import annotations

from functools import lru_cache

from labcheck.errors import InvalidReference
from labcheck.reference import Reference, parse_reference


@lru_cache(maxsize=4096)
def parsed(name: str) -> Reference | None:
    """The reference with Docker's defaults filled in, or ``None`` if this is not a reference."""
    try:
        return parse_reference(name).with_default_tag()
    except InvalidReference:
        return None


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The reference in full, the same text for every spelling of it; the empty string if this is not a reference."""
    reference = parsed(name)
    return str(reference) if reference else ""


def same(one: str, other: str) -> bool:
    """Whether both name the same thing: ``nginx`` is ``docker.io/library/nginx:latest``."""
    reference = parsed(one)
    return reference is not None and reference == parsed(other)


@lru_cache(maxsize=4096)
def matches(name: str, demand: str) -> bool:
    """Whether the name has the demanded repository, and the demanded tag if there is one."""
    reference = parsed(name)
    try:
        wanted = parse_reference(demand)
    except InvalidReference:
        return False
    if reference is None or (reference.domain, reference.path) != (wanted.domain, wanted.path):
        return False
    return (wanted.tag is None and wanted.digest is None) or reference == wanted.with_default_tag()


@lru_cache(maxsize=4096)
def repository(name: str) -> str:
    """The registry and the path, without tag and digest; the empty string if this is not a reference."""
    reference = parsed(name)
    return reference.name if reference else ""


def domain(name: str) -> str:
    """The registry the name leads to, or the empty string."""
    reference = parsed(name)
    return (reference.domain or "") if reference else ""
