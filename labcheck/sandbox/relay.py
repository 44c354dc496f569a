"""Carry a page out of a sandbox: connections to a port outside go on to a socket inside.

The port is on this machine's loopback, and the socket is a file in the sandbox's own /run. So the page takes no port
inside that a lesson may want, and no container can reach it. What is carried is not looked at.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox.threads import beside

LOOPBACK = "127.0.0.1"
_PORTS = 1 << 16
_PIECE = 1 << 16
_SOON = 5.0


def listening(port: int) -> socket.socket:
    """A socket that listens on this port of the machine's loopback; 0 is any free one. Raises ``SandboxError``."""
    if port not in range(_PORTS):
        raise _no_port(port, "there is no such port")
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise _no_port(port, os.strerror(error.errno or 0)) from error


def _no_port(port: int, reason: str) -> SandboxError:
    return SandboxError(
        f"The page cannot be served on port {port} ({reason}).", "Leave out --port, and a free one is taken."
    )


def answers(inside: Path) -> bool:
    """Whether somebody listens on the socket inside."""
    with socket.socket(socket.AF_UNIX) as connection, suppress(OSError):
        connection.settimeout(1)
        connection.connect(str(inside))
        return True
    return False


@contextmanager
def relayed(outside: socket.socket, inside: Path) -> Iterator[None]:
    """Carry what is said between those who connect to ``outside`` and the socket ``inside``, while the ``with`` lasts.

    Who connects while nobody listens inside is turned away. What is open at the end ends with the sandbox.
    """
    accepting = beside(_accept, outside, inside)
    try:
        yield
    finally:
        with suppress(OSError):
            outside.shutdown(socket.SHUT_RDWR)
        accepting.join(_SOON)


def _accept(outside: socket.socket, inside: Path) -> None:
    with suppress(OSError):
        while True:
            near, _ = outside.accept()
            beside(_carry, near, inside)


def _carry(near: socket.socket, inside: Path) -> None:
    with near, socket.socket(socket.AF_UNIX) as far, suppress(OSError):
        far.connect(str(inside))
        back = beside(_one_way, far, near)
        _one_way(near, far)
        back.join()


def _one_way(source: socket.socket, target: socket.socket) -> None:
    """Carry what comes from one end to the other; where either breaks off, both do."""
    try:
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
