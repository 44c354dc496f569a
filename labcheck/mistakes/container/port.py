"""How a container's port is published: not at all, for another port, or where localhost does not lead."""

from __future__ import annotations

from labcheck.checks import PortPublished
from labcheck.document import items, mapping
from labcheck.engine import Container
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import rerun
from labcheck.past import Past
from labcheck.verdict import Fix


@recognises("published-as-udp", PortPublished)
def published_as_udp(check: PortPublished, past: Past) -> Facts | None:
    """The port is published for UDP only."""
    it = seen.container(past, check.name)
    if it is None or not _asked(it, check, "udp") or _asked(it, check, "tcp"):
        return None
    return facts(_rerun(it, check), name=it.name, inside=check.container_port)


@recognises("not-published", PortPublished)
def not_published(check: PortPublished, past: Past) -> Facts | None:
    """Neither port has anything to do with what is published."""
    it = seen.container(past, check.name)
    if it is None or it.shares_host_network or _asked(it, check, "udp") or _asked(it, check, "tcp"):
        return None
    published = {*it.bindings, *it.live_bindings}
    if any(check.host_port == there.host_port or check.container_port == there.container_port for there in published):
        return None
    others = " and ".join(map(str, sorted({there.container_port for there in published})))
    return facts(_rerun(it, check), name=it.name, inside=check.container_port, others=others)


@recognises("no-network", PortPublished)
def no_network(check: PortPublished, past: Past) -> Facts | None:
    """It runs in no network, so what it was asked to publish is not published."""
    it = seen.container(past, check.name)
    if it is None or it.status != "running" or it.live_bindings or it.network != "none":
        return None
    return facts(_rerun(it, check), name=it.name) if _asked(it, check, "tcp") else None


@recognises("random-host-port", PortPublished)
def random_host_port(check: PortPublished, past: Past) -> Facts | None:
    """The port outside is one that nobody asked for."""
    it = seen.container(past, check.name)
    if it is None or any(asked.container_port == check.container_port and asked.host_port for asked in it.bindings):
        return None
    ports = sorted({live.host_port for live in it.live_bindings if live.container_port == check.container_port})
    return facts(_rerun(it, check), name=it.name, outside=ports[0]) if ports else None


@recognises("other-container-port", PortPublished)
def other_container_port(check: PortPublished, past: Past) -> Facts | None:
    """The port outside leads to another port inside."""
    it = seen.container(past, check.name)
    ports = {asked.container_port for asked in it.bindings if asked.host_port == check.host_port} if it else set()
    if it is None or not ports or check.container_port in ports:
        return None
    expected, outside = check.container_port, check.host_port
    return facts(_rerun(it, check), name=it.name, outside=outside, inside=min(ports), expected=expected)


@recognises("published-elsewhere", PortPublished)
def published_elsewhere(check: PortPublished, past: Past) -> Facts | None:
    """Both ports are right, and the address is not localhost's."""
    it, ports = seen.container(past, check.name), (check.host_port, check.container_port)
    same = [asked for asked in it.bindings if (asked.host_port, asked.container_port) == ports] if it else []
    if it is None or not same or any(asked.reaches_localhost for asked in same):
        return None
    return facts(_rerun(it, check), name=it.name, address=same[0].address)


@recognises("other-host-port", PortPublished)
def other_host_port(check: PortPublished, past: Past) -> Facts | None:
    """The port inside is published on another port outside."""
    it = seen.container(past, check.name)
    ports = {asked.host_port for asked in it.bindings if asked.container_port == check.container_port} if it else set()
    if it is None or not ports or check.host_port in ports:
        return None
    return facts(_rerun(it, check), name=it.name, outside=min(ports), expected=check.host_port)


def _asked(it: Container, check: PortPublished, protocol: str) -> bool:
    """Whether the container was run with its port published for this protocol."""
    ports = mapping(it.document, "HostConfig", "PortBindings")
    return bool(items(ports, f"{check.container_port}/{protocol}"))


def _rerun(it: Container, check: PortPublished) -> Fix:
    """Run it again with the ports that the check wants, in a network."""
    return rerun(it, port=(check.host_port, check.container_port), network=it.network != "none")
