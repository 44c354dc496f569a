"""An answer that comes drop by drop does not make a wait longer."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from labcheck.observe.http.connection import Connection

PATIENCE = 5.0


def test_drops_do_not_make_a_wait_longer() -> None:
    end = time.monotonic() + 0.3

    def wait() -> float:
        if (left := end - time.monotonic()) <= 0:
            raise TimeoutError
        return left

    ours, other = socket.socketpair()

    def drip() -> None:
        while time.monotonic() < end + PATIENCE:
            try:
                other.sendall(b"H"[: 0 if other.fileno() < 0 else 1])
            except OSError:
                return
            time.sleep(0.01)

    other.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with ours, other, pytest.raises(TimeoutError):
        Connection(ours).answer(wait)
    thread.join(PATIENCE)
