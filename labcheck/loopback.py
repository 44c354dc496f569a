"""This very machine, as seen by itself: the names and the addresses that lead no further."""

from __future__ import annotations

ADDRESS = "127.0.0.1"
NAMES = ("localhost", ADDRESS, "::1")
"""How a machine is called by itself, for those who compare texts: variables, a published port's address."""


def is_local(host: str) -> bool:
    """Whether this is localhost, or an address of this very machine's own; nobody is asked."""
    if host == "localhost":
        return True
    from ipaddress import ip_address  # noqa: PLC0415 - slow to import, and localhost is what most registries are called

    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
