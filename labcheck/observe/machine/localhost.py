"""What the name ``localhost`` means here, and whether its second address, ``::1``, is in use."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 1.0
"""Seconds; nobody is nearer than oneself."""


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
    return Localhost(addresses, _reaches(socket.AF_INET, "127.0.0.1"), _reaches(socket.AF_INET6, "::1"))


def _reaches(family: socket.AddressFamily, address: str) -> bool:
    """Whether one can call oneself there; an interface that is down still lends its address."""
    try:
        with socket.socket(family) as waiting, socket.socket(family) as calling:
            waiting.bind((address, 0))
            waiting.listen()
            calling.settimeout(PATIENCE)
            calling.connect(waiting.getsockname())
    except OSError:
        return False
    return True
