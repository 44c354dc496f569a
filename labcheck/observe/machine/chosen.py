"""Which engine was chosen, and where that is. A choice that leads nowhere is a fact, too, not a look that failed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from labcheck.observe.endpoint import Endpoint, endpoint
from labcheck.observe.trouble import CannotLook


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A choice of an engine that no engine follows from, and why."""

    reason: str


def chosen() -> Endpoint | Nowhere:
    """The endpoint as things stand now."""
    try:
        return endpoint()
    except CannotLook as trouble:
        return Nowhere(str(trouble))


def host(endpoint: Endpoint) -> str:
    """The host that the endpoint names; the empty string if it names none, as a socket in a folder does."""
    try:
        return "" if endpoint.socket else urlsplit(endpoint.address).hostname or ""
    except ValueError:
        return ""


def shown(endpoint: Endpoint) -> str:
    """The endpoint for people: a path, or a host without the name and the password that may stand before it."""
    scheme, mark, rest = endpoint.address.partition("://")
    return endpoint.socket or f"{scheme}{mark}{rest.rpartition('@')[2]}"
