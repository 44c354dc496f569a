"""Addresses that lead nowhere: whether a container's is meant, or a name is a slip."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from labcheck.mistake import Facts, explains, facts

CONTAINERS = ip_network("172.16.0.0/12")
"""Docker gives its containers addresses out of these; a few companies have computers there, too."""


@explains("no-such-host")
def no_such_host(said: Mapping[str, str]) -> Facts:
    """Whether the name is a slip of localhost, or of one word, as a container's name is."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a message only; a look would wait for it

    return facts(slip=bool(get_close_matches(said["host"], ["localhost"], 1, 0.75)), short="." not in said["host"])


@explains("address-unreachable")
def address_unreachable(said: Mapping[str, str]) -> Facts:
    """Host and port of the address, and whether it is a container's own."""
    address = said["address"] or f"{said['host']}:{said['port']}"
    host, _, port = address.rpartition(":") if ":" in address else (address, "", "5000")
    return facts(address=address, host=host, port=port, container=_is_containers(host))


@explains("registry-not-answering")
def registry_not_answering(said: Mapping[str, str]) -> Facts:
    """The address with its port, or that it has none; where localhost led, if that is not this computer."""
    address = f"{said['address']}:{said['port']}" if said["port"] else said["address"]
    host, _, port = address.rpartition(":")
    elsewhere = "" if host != "localhost" or said["dialled"].startswith(("127.", "[")) else said["dialled"]
    return facts(address=address, host=host, elsewhere=elsewhere, bare=not port.isdecimal())


def _is_containers(host: str) -> bool:
    try:
        return ip_address(host) in CONTAINERS
    except ValueError:
        return False
