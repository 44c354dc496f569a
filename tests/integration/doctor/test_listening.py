"""Who listens on a port, asked of the kernel."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from labcheck.doctor.listening import listening_on


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells who listens.")
def test_who_listens_on_a_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert [it.pid for it in listening_on(port)] == [os.getpid()]
    assert listening_on(port) == ()
