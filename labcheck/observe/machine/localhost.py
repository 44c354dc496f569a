"""What the name ``localhost`` means here, and whether its second address, ``::1``, is in use."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Localhost:
    """The addresses that the name leads to, in the order in which they are tried."""

    addresses: tuple[str, ...]
    has_ipv4: bool
    has_ipv6: bool


def localhost() -> Localhost:
    """Look the name up, and try both of its addresses."""
    addresses: tuple[str, ...] = ()
    with suppress(OSError):
        entries = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))
    return Localhost(addresses, _can_bind(socket.AF_INET, "127.0.0.1"), _can_bind(socket.AF_INET6, "::1"))


def _can_bind(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family) as trying:
            trying.bind((address, 0))
    except OSError:
        return False
    return True
