"""Which engine was chosen, and where that is. A choice that leads nowhere is a fact, too, not a look that failed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from labcheck.cause import Cause, InvalidAddress
from labcheck.observe.engine.endpoint import Endpoint, endpoint
from labcheck.observe.trouble import CannotLook

NETWORK = frozenset({"tcp", "http", "https", "ssh"})
"""Schemes of addresses with a host."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A choice of an engine that no engine follows from, and why."""

    reason: str
    cause: Cause


def chosen() -> Endpoint | Nowhere:
    """The endpoint as things stand now."""
    try:
        found = endpoint()
    except CannotLook as trouble:
        return Nowhere(str(trouble), trouble.cause)
    if _is_address(found):
        return found
    sentence = f"{found.chosen_by} says {found.place or 'nothing'}, which is no address of an engine."
    return Nowhere(sentence, InvalidAddress())


def _is_address(endpoint: Endpoint) -> bool:
    if endpoint.socket:
        return endpoint.socket != "/"
    try:
        parts = urlsplit(endpoint.address)
        has_host = bool(parts.hostname) and parts.port != 0  # a port that is no number raises
    except ValueError:
        return False
    return (parts.scheme in NETWORK and has_host) or (sys.platform == "win32" and parts.scheme == "npipe")


def host(endpoint: Endpoint) -> str:
    """The host that the endpoint names; the empty string if it names none, as a socket in a folder does."""
    try:
        return "" if endpoint.socket else urlsplit(endpoint.address).hostname or ""
    except ValueError:
        return ""
