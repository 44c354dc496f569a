"""What ``docker run -p`` said, read back from a container, and how one port is put right without widening the rest."""

from __future__ import annotations

import msgspec

from labcheck.document import mapping, text, whole
from labcheck.engine import EVERYWHERE, LOOPBACK, Container

NARROW = "127.0.0.1"


class Publish(msgspec.Struct, frozen=True, order=True):
    """One ``-p``: the address it binds ("" is all), the port outside ("" is any), the one inside, the protocol."""

    address: str
    outside: str
    inside: int
    protocol: str = "tcp"

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        outside = f"{host}:{self.outside}:" if host else f"{self.outside}:" if self.outside else ""
        return f"{outside}{self.inside}{'' if self.protocol == 'tcp' else f'/{self.protocol}'}"


def published(container: Container) -> tuple[Publish, ...]:
    """The ports as they were asked for, whatever became of them."""
    found = set()
    for key, hosts in mapping(container.document, "HostConfig", "PortBindings").items():
        port, _, protocol = key.partition("/")
        inside = whole(port)
        for host in hosts if isinstance(hosts, list) and inside is not None else []:
            outside = text(host, "HostPort")
            found.add(Publish(text(host, "HostIp"), "" if outside == "0" else outside, inside or 0, protocol or "tcp"))
    return tuple(sorted(found))


def replacing(ports: tuple[Publish, ...], outside: int, inside: int) -> tuple[Publish, ...]:
    """The ports with this one instead of those that were meant to be it; it is published no wider than they."""
    meant = [it for it in ports if it.inside == inside or it.outside == str(outside)]
    others = tuple(it for it in ports if it not in meant)
    return tuple(sorted({*others, Publish(_address(meant or ports), str(outside), inside)}))


def _address(ports: tuple[Publish, ...] | list[Publish]) -> str:
    """The address that localhost reaches and that is no wider than what these ports had."""
    addresses = {it.address for it in ports}
    if not addresses or addresses & EVERYWHERE:
        return min(addresses & EVERYWHERE, default="")
    return min(addresses & LOOPBACK, default=NARROW)
