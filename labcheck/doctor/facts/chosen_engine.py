"""Which engine was chosen, and where that is. A choice that leads nowhere is a fact, too, not a look that failed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from labcheck.cause import Cause, InvalidAddress
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.observe.engine.contexts import contexts as known_contexts
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.engine.endpoint import endpoint as endpoint_now
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Found

NETWORK = frozenset({"tcp", "http", "https", "ssh"})
"""Schemes of addresses with a host."""


@dataclass(frozen=True, slots=True)
class NoEndpoint:
    """Somebody chose an engine, and the choice leads to none; and why."""

    reason: str
    cause: Cause


@fact("The folder with Docker's settings")
def chosen(_: Look) -> Found[Endpoint | NoEndpoint]:
    """The endpoint as things stand now."""
    try:
        found = endpoint_now()
    except CannotLook as trouble:
        return Found(NoEndpoint(str(trouble), trouble.cause))
    if _is_address(found):
        return Found(found)
    sentence = f"{found.chosen_by} says {found.place or 'nothing'}, which is no address of an engine."
    return Found(NoEndpoint(sentence, InvalidAddress()))


@fact("The folder with Docker's settings")
def contexts(_: Look) -> Found[tuple[tuple[str, str], ...]]:
    """Each context's name and its engine's address."""
    return Found(known_contexts())


def chosen_endpoint(look: Look) -> Endpoint:
    """The endpoint, for facts that ask the engine; raises :class:`CannotLook` where there is none."""
    found = look.value(chosen)
    if isinstance(found, NoEndpoint):
        raise CannotLook(found.reason, found.cause)
    return found


def is_chosen_by_hand(machine: Machine) -> bool:
    """Whether somebody chose an engine that is not the usual one."""
    found = machine.get(chosen, None)
    return isinstance(found, NoEndpoint) or (found is not None and bool(found.chosen_by))


def host(endpoint: Endpoint) -> str:
    """The host that the endpoint names; the empty string if it names none, as a socket in a folder does."""
    try:
        return "" if endpoint.socket else urlsplit(endpoint.address).hostname or ""
    except ValueError:
        return ""


def _is_address(endpoint: Endpoint) -> bool:
    if endpoint.socket:
        return endpoint.socket != "/"
    try:
        parts = urlsplit(endpoint.address)
        has_host = bool(parts.hostname) and parts.port != 0  # a port that is no number raises
    except ValueError:
        return False
    return (parts.scheme in NETWORK and has_host) or (sys.platform == "win32" and parts.scheme == "npipe")
