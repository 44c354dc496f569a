"""Mistakes with ports: not published, published where nobody looks for it, or held by somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable

from labcheck.check import Check
from labcheck.checks import PortPublished
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.document import items, mapping
from labcheck.engine import Container
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import rerun
from labcheck.past import Past
from labcheck.verdict import Fix

FINAL = "Ports cannot be changed later, so make it anew."

Judge = Callable[[PortPublished, Container], str | None]
"""What is wrong with the container's ports, in words, if it is this."""


def _not_published(check: PortPublished, it: Container) -> str | None:
    if it.shares_host_network or _asked(it, check, "udp") or _asked(it, check, "tcp"):
        return None
    published = {*it.bindings, *it.live_bindings}
    if any(check.host_port == there.host_port or check.container_port == there.container_port for there in published):
        return None
    others = " and ".join(map(str, sorted({there.container_port for there in published})))
    what = f"its port {check.container_port} is not published, only {others}" if others else "it publishes no port"
    return f"{it.name} is there, but {what}, so the registry in it cannot be reached."


def _as_udp(check: PortPublished, it: Container) -> str | None:
    if not _asked(it, check, "udp") or _asked(it, check, "tcp"):
        return None
    return f"Port {check.container_port} of {it.name} is published for UDP (by /udp), and a registry speaks TCP."


def _random(check: PortPublished, it: Container) -> str | None:
    ports = sorted({live.host_port for live in it.live_bindings if live.container_port == check.container_port})
    if not ports or any(asked.container_port == check.container_port and asked.host_port for asked in it.bindings):
        return None
    return f"Docker chose port {ports[0]} for {it.name} itself, because it was not given exactly one."


def _other_container_port(check: PortPublished, it: Container) -> str | None:
    inside = sorted({asked.container_port for asked in it.bindings if asked.host_port == check.host_port})
    if not inside or check.container_port in inside:
        return None
    return (
        f"Port {check.host_port} leads to port {inside[0]} inside {it.name}, but the registry listens on "
        f"{check.container_port}. The container's own port stands behind the colon."
    )


def _other_address(check: PortPublished, it: Container) -> str | None:
    same = [
        asked
        for asked in it.bindings
        if (asked.host_port, asked.container_port) == (check.host_port, check.container_port)
    ]
    if not same or any(asked.reaches_localhost for asked in same):
        return None
    return f"{it.name} is published on {same[0].address} only, and localhost does not lead there."


def _other_host_port(check: PortPublished, it: Container) -> str | None:
    ports = sorted({asked.host_port for asked in it.bindings if asked.container_port == check.container_port})
    if not ports or check.host_port in ports:
        return None
    return f"{it.name} is published on port {ports[0]}, not on {check.host_port}."


def _no_network(check: PortPublished, it: Container) -> str | None:
    if it.status != "running" or it.live_bindings or it.network != "none" or not _asked(it, check, "tcp"):
        return None
    return f"{it.name} has no network (--network none), so its ports lead nowhere."


def _asked(it: Container, check: PortPublished, protocol: str) -> bool:
    """Whether the container's port was asked to be published for this protocol."""
    ports = mapping(it.document, "HostConfig", "PortBindings")
    return bool(items(ports, f"{check.container_port}/{protocol}"))


def _recognising(judge: Judge) -> Callable[[Check, Past], Explanation | None]:
    def recognise(check: Check, past: Past) -> Explanation | None:
        if not isinstance(check, PortPublished):
            return None
        it = seen.container(past, check.name)
        why = judge(check, it) if it else None
        if it is None or why is None:
            return None
        port = (check.host_port, check.container_port)
        return Explanation(f"{why} {FINAL}", rerun(it, port=port, network=it.network != "none"))

    return recognise


def _without_address(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"{match['address']} is no address of this computer, so nothing can be published on it.",
        Fix(
            advice="The container was made all the same, so remove it first:\n    docker rm NAME\n"
            "Then type the command again, with the port alone: -p 5000:5000"
        ),
    )


def _told_unreadable(match: re.Match[str]) -> Explanation:
    part = match["part"].rstrip(".")
    if part == "localhost":
        why = "In front of the ports, -p takes an address in numbers: 127.0.0.1 for localhost."
    elif part.startswith("-"):
        why = f"Behind -p come the ports, and there is {part}."
    else:
        why = f"Docker cannot read what stands behind -p: {part} does not belong there."
    return Explanation(
        why,
        Fix(
            advice="Type the command again, with two numbers up to 65535: -p 5000:5000\n"
            "An address may stand in front: -p 127.0.0.1:5000:5000"
        ),
    )


def _told_reserved(match: re.Match[str]) -> Explanation:
    port = match["port"]
    return Explanation(
        f"Windows keeps port {port} for itself, so nothing can be published on it. "
        "Probably Hyper-V or WSL has reserved it, as they do with whole ranges of ports.",
        Fix(
            advice="Publish another port, as -p 5001:5000, and say localhost:5001. Which ports are reserved:\n"
            "    netsh interface ipv4 show excludedportrange protocol=tcp"
        ),
    )


DIAGNOSES = (
    Diagnosis("published-as-udp", "The port is published for UDP, not for TCP.", _recognising(_as_udp)),
    Diagnosis("not-published", "The container's port is not published.", _recognising(_not_published)),
    Diagnosis("no-network", "The container has no network, so its ports lead nowhere.", _recognising(_no_network)),
    Diagnosis("random-host-port", "Docker chose the port, because none was given.", _recognising(_random)),
    Diagnosis(
        "other-container-port", "The port leads to another port of the container.", _recognising(_other_container_port)
    ),
    Diagnosis(
        "published-elsewhere", "The port is published where localhost does not lead.", _recognising(_other_address)
    ),
    Diagnosis("other-host-port", "The container is published on another port.", _recognising(_other_host_port)),
    Diagnosis(
        "no-such-address",
        "The port cannot be published on an address this computer does not have.",
        message=(
            r"(?:listen tcp\S*|failed to bind host port(?: for)?) (?P<address>\S+?):\d+[:/]\S*"
            r"(?: bind:)? (?:cannot assign requested address|can't assign requested address"
            r"|The requested address is not valid in its context)"
        ),
        told=_without_address,
    ),
    Diagnosis(
        "port-unreadable",
        "Docker cannot read what is to be published.",
        message=r"docker: [Ii]nvalid (?:containerPort|hostPort|proto|IP address|ip address):? (?P<part>\S+)",
        told=_told_unreadable,
    ),
    Diagnosis(
        "port-reserved",
        "Windows has reserved the port.",
        message=r"listen tcp\S* \S*?:(?P<port>\d+): bind: An attempt was made to access a socket in a way forbidden",
        told=_told_reserved,
    ),
)
