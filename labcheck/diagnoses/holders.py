"""Somebody else has the port: another container, a program outside Docker, a second registry."""

from __future__ import annotations

import re
from collections.abc import Callable

from labcheck.check import Check
from labcheck.checks import ContainerRuns, PortPublished, RegistryAnswers
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.document import whole
from labcheck.engine import ListedContainer
from labcheck.mistakes import seen
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, Ping, Pong
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix

ALLOCATED = r"port is already allocated"
IN_USE = r"(?:bind: )?(?:address already in use|Only one usage of each socket address)"
AIRPLAY = "AirTunes"
SWITCH_OFF = "Switch AirPlay Receiver off (System Settings, General, AirDrop & Handoff)"
FIND = (
    "sudo ss -ltnp shows which program listens on which port.\n"
    "On a Mac it is lsof -nP -iTCP -sTCP:LISTEN, on Windows netstat -ano.\n"
)


def _two_registries(check: Check, past: Past) -> Explanation | None:
    held = _held(check, past)
    if held is None or not isinstance(check, ContainerRuns | PortPublished) or not seen.container(past, check.name):
        return None
    port, holder = held
    if not matches(holder.image, "registry"):
        return None
    return Explanation(
        f"There are two registries: {holder.name} holds port {port}, so {check.name} cannot have it. "
        f"What was pushed to localhost:{port} is in {holder.name}.",
        Fix((f"docker rm -f -v {check.name}", f"docker rename {holder.name} {check.name}")),
    )


def _held_by_container(check: Check, past: Past) -> Explanation | None:
    held = _held(check, past)
    if held is None or matches(held[1].image, "registry"):
        return None
    port, holder = held
    return Explanation(
        f"The container {holder.name} ({holder.image}) holds port {port}, and a port has one holder only.",
        Fix((f"docker stop {holder.name}", *_start(check, past))),
    )


def _held_by_airplay(check: Check, past: Past) -> Explanation | None:
    stranger = _stranger(check, past)
    if stranger is None or not stranger[1].server.startswith(AIRPLAY):
        return None
    return Explanation(
        f"AirPlay Receiver, a part of macOS, holds port {stranger[0]}. It is no registry.",
        Fix(advice=f"{SWITCH_OFF}, then {_then(_start(check, past))}"),
    )


def _held_by_program(check: Check, past: Past) -> Explanation | None:
    it = seen.container(past, check.name) if isinstance(check, ContainerRuns | PortPublished) else None
    refused = it is not None and it.status in {"created", "exited"} and re.search(IN_USE, it.error)
    stranger = _stranger(check, past)
    port = stranger[0] if stranger else _port(check, past)
    # Why a start failed is remembered until the next one; who held the port then may have gone.
    if stranger is None and not (refused and _is_taken(port, past)):
        return None
    named = f" It calls itself {stranger[1].server.strip()}." if stranger and stranger[1].server else ""
    return Explanation(
        f"A program outside Docker holds port {port}, and a port has one holder only.{named}",
        Fix(advice=f"{FIND}End it, then {_then(_start(check, past))}"),
    )


def _told_airplay(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "What answered is no registry. On a Mac it is probably AirPlay Receiver, a part of macOS: it holds port 5000, "
        "and answers 403 to everything.",
        Fix(advice=f"{SWITCH_OFF}, then start the registry and type your command again."),
    )


def _held(check: Check, past: Past) -> tuple[int, ListedContainer] | None:
    """The port the check wants, and the other container that holds it."""
    port = _port(check, past)
    own = check.name if isinstance(check, ContainerRuns | PortPublished) else ""
    for it in seen.containers(past):
        if it.name != own and (seen.publishes(it, f":{port}") or seen.answers_at(it, f"localhost:{port}", past)):
            return port, it
    return None


def _stranger(check: Check, past: Past) -> tuple[int, Pong] | None:
    """The port the check wants, and what answers there and is neither a registry nor a container."""
    port = _port(check, past)
    pong = past.now(Ping(f"localhost:{port}"))
    if not isinstance(pong, Found) or pong.value.is_registry or not isinstance(past.now(ContainerList()), Found):
        return None
    if any(live.host_port == port for it in seen.containers(past) for live in it.bindings):
        return None
    return port, pong.value


def _is_taken(port: int, past: Past) -> bool:
    """Whether somebody has the port now, whatever they answer."""
    pong = past.now(Ping(f"localhost:{port}"))
    return isinstance(pong, Found) or (isinstance(pong, Unknown) and pong.broke_off)


def _port(check: Check, past: Past) -> int:
    """The port that the check wants on localhost; 0 if it wants none, or has it already."""
    match check:
        case PortPublished():
            return check.host_port
        case RegistryAnswers():
            return _last(check.domain)
        case ContainerRuns():
            it = seen.container(past, check.name)
            if it is not None:
                return next((asked.host_port for asked in it.bindings if it.status in {"created", "exited"}), 0)
            domains = seen.addresses(past)
            return _last(domains[0]) if domains and isinstance(past.now(ContainerNamed(check.name)), Absent) else 0
        case _:
            return 0


def _last(domain: str) -> int:
    return whole(domain.rpartition(":")[2]) or 0


def _start(check: Check, past: Past) -> tuple[str, ...]:
    """What starts the container that was made but could not have the port."""
    it = seen.container(past, check.name) if isinstance(check, ContainerRuns | PortPublished) else None
    return (f"docker start {it.name}",) if it is not None and it.status in {"created", "exited"} else ()


def _then(commands: tuple[str, ...], otherwise: str = "start the registry.") -> str:
    """The commands on a line of their own, behind what else there is to do; without any, what to do instead."""
    return "\n    ".join(["type:", *commands]) if commands else otherwise


def _told(holder: str, end: str, find: str) -> Callable[[re.Match[str]], Explanation]:
    def told(match: re.Match[str]) -> Explanation:
        name, port = match["name"], match["port"]
        made = f" {name} was made all the same, but it does not run." if name else ""
        start = _then((f"docker start {name}",) if name else (), "type your command again.")
        return Explanation(
            f"{holder} holds port {port}, and a port has one holder only.{made}",
            Fix(advice=f"{find.format(port=port)}{end}, then {start}"),
        )

    return told


ENDPOINT = r"(?:endpoint (?P<name>\S+) \(\w+\): [^\n]*?)?"
"""Before the reason stands which container it is about."""

DIAGNOSES = (
    Diagnosis("two-registries", "Two registries, and the other one holds the port.", _two_registries),
    Diagnosis(
        "port-held-by-container",
        "Another container holds the port.",
        _held_by_container,
        rf"{ENDPOINT}(?:Bind for|failed to bind host port)\D*[\d.\[\]:]*?:(?P<port>\d+)\S* failed: {ALLOCATED}",
        _told(
            "Another container", "Stop it with docker stop NAME", "docker ps --filter publish={port} shows its name.\n"
        ),
    ),
    Diagnosis(
        "airplay-receiver",
        "On a Mac, AirPlay Receiver holds port 5000.",
        _held_by_airplay,
        r"parsing HTTP 403 response body: unexpected end of JSON input|(?m:^)denied: *\s*\Z",
        _told_airplay,
    ),
    Diagnosis(
        "port-held-by-program",
        "A program outside Docker holds the port.",
        _held_by_program,
        rf"{ENDPOINT}(?:listen tcp\S*|failed to bind host port(?: for)?) \S*?:(?P<port>\d+)[:/]\S* {IN_USE}",
        _told("A program outside Docker", "End it", FIND),
    ),
)
