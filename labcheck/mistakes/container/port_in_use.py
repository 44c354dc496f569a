"""What uses the port that a registry needs: another container, a second registry, a program outside Docker."""

from __future__ import annotations

import re
from typing import TypeAlias

from labcheck.checks import ContainerRuns, PortPublished, RegistryAnswers
from labcheck.document import whole
from labcheck.engine import Container, ListedContainer
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, Ping, Pong
from labcheck.snapshot import Absent, Found, Unknown

Wanting: TypeAlias = ContainerRuns | PortPublished | RegistryAnswers
"""A check that wants a port of localhost."""

AIRPLAY = "AirTunes"
IN_USE = r"address already in use|Only one usage of each socket address"


@recognises("two-registries", ContainerRuns, PortPublished)
def two_registries(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """The lab's registry is there, and another one uses its port."""
    port, other = _port(check, past), _other_container(check, past)
    if other is None or not seen.is_registry(other, past) or not seen.container(past, check.name):
        return None
    return facts(other=other.name, port=port, name=check.name)


@recognises("port-held-by-container", ContainerRuns, PortPublished, RegistryAnswers)
def port_held_by_container(check: Wanting, past: Past) -> Facts | None:
    """A container that is not a registry uses the port."""
    other = _other_container(check, past)
    if other is None or seen.is_registry(other, past) is not False:
        return None
    port, name = _port(check, past), _to_be_started(check, past)
    return facts(other=other.name, image=other.image, port=port, name=name)


@recognises("airplay-receiver", ContainerRuns, PortPublished, RegistryAnswers)
def airplay_receiver(check: Wanting, past: Past) -> Facts | None:
    """What answers at the port calls itself as AirPlay Receiver does."""
    stranger = _stranger(check, past)
    if stranger is None or not stranger.server.startswith(AIRPLAY):
        return None
    return facts(port=_port(check, past), name=_to_be_started(check, past))


@recognises("port-held-by-program", ContainerRuns, PortPublished, RegistryAnswers)
def port_held_by_program(check: Wanting, past: Past) -> Facts | None:
    """Something that is neither a registry nor a container answers, or the engine was refused the port."""
    it, stranger = _own(check, past), _stranger(check, past)
    refused = it is not None and _has_no_port(it) and re.search(IN_USE, it.error)
    # Why a start failed is remembered until the next one; what used the port then may be gone.
    if stranger is None and not (refused and _is_taken(_port(check, past), past)):
        return None
    server = stranger.server.strip() if stranger else ""
    return facts(port=_port(check, past), server=server, name=_to_be_started(check, past))


def _port(check: Wanting, past: Past) -> int:
    """The port that the check wants on localhost; 0 if it wants none, or has it already."""
    match check:
        case PortPublished():
            return check.host_port
        case RegistryAnswers():
            return _last(check.domain)
        case _:
            it = seen.container(past, check.name)
            if it is not None:
                return next((asked.host_port for asked in it.bindings if _has_no_port(it)), 0)
            domains = seen.addresses(past)
            return _last(domains[0]) if domains and isinstance(past.now(ContainerNamed(check.name)), Absent) else 0


def _last(domain: str) -> int:
    return whole(domain.rpartition(":")[2]) or 0


def _other_container(check: Wanting, past: Past) -> ListedContainer | None:
    """The other container that uses the port."""
    port = _port(check, past)
    own = "" if isinstance(check, RegistryAnswers) else check.name
    for it in seen.containers(past):
        if it.name != own and (seen.publishes(it, f":{port}") or seen.answers_at(it, f"localhost:{port}", past)):
            return it
    return None


def _stranger(check: Wanting, past: Past) -> Pong | None:
    """What answers at the port and is neither a registry nor a container."""
    port = _port(check, past)
    pong = past.now(Ping(f"localhost:{port}"))
    if not isinstance(pong, Found) or pong.value.is_registry or not isinstance(past.now(ContainerList()), Found):
        return None
    is_published = any(live.host_port == port for it in seen.containers(past) for live in it.bindings)
    return None if is_published else pong.value


def _is_taken(port: int, past: Past) -> bool:
    """Whether anything uses the port now, whatever it answers."""
    pong = past.now(Ping(f"localhost:{port}"))
    return isinstance(pong, Found) or (isinstance(pong, Unknown) and pong.broke_off)


def _own(check: Wanting, past: Past) -> Container | None:
    """The container that the check is about."""
    return None if isinstance(check, RegistryAnswers) else seen.container(past, check.name)


def _to_be_started(check: Wanting, past: Past) -> str:
    """The container that was created but could not use the port, by its name."""
    it = _own(check, past)
    return it.name if it is not None and _has_no_port(it) else ""


def _has_no_port(it: Container) -> bool:
    return it.status in {"created", "exited"}
