"""This machine's address for others in the same network, as a class is told it."""

from __future__ import annotations

import socket
from typing import Final

OTHERS: Final = ("192.0.2.1", 9)
"""An address that nobody has. Nothing is sent: the system is only asked from where it would be."""


def reachable() -> str:
    """The address from which this machine would speak to others; its name where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(OTHERS)
        except OSError:
            return socket.gethostname()
        return str(asked.getsockname()[0])


def spelled(address: str) -> str:
    """The address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address
