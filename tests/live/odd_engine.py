"""An engine that is in trouble, for a mistake's script: ``python3 -m tests.live.odd_engine TROUBLE SOCKET``."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

from tests.support.loopback import Asked, Loopback, reply


def old(_asked: Asked, _connection: socket.socket) -> bytes:
    """Docker 19.03, which is older than labcheck can talk to."""
    return reply(200, {"ApiVersion": "1.40", "MinAPIVersion": "1.12", "Version": "19.03.15"})


def new(_asked: Asked, _connection: socket.socket) -> bytes:
    """An engine of the future, as Docker 29 says no to whoever is too old for it."""
    return reply(400, {"message": "client version 1.51 is too old. Minimum supported API version is 1.99"})


def leaving(_asked: Asked, connection: socket.socket) -> None:
    """It goes away in the middle of its answer."""
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"ApiVersion": "1.41",')


def failing(_asked: Asked, _connection: socket.socket) -> bytes:
    """Its disk is full."""
    return reply(500, {"message": "write /var/lib/docker/tmp/x: no space left on device"})


TROUBLES = {"old": old, "new": new, "leaving": leaving, "failing": failing}

if __name__ == "__main__":
    with Loopback(TROUBLES[sys.argv[1]], path=Path(sys.argv[2])):
        threading.Event().wait()
