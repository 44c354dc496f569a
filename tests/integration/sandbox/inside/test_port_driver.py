"""What an engine without root is told of rootlesskit: that nobody publishes ports for it."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from pathlib import Path

from labcheck.sandbox.inside.port_driver import SOCKET, answer_in


def test_it_is_told_as_often_as_it_asks(tmp_path: Path) -> None:
    answer_in(tmp_path / "here")
    for _ in range(2):
        connection = HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(tmp_path / "here" / SOCKET))
        connection.request("GET", "/v1/info")
        told = json.loads(connection.getresponse().read())
        connection.close()
        assert told["portDriver"] == told["networkDriver"] == {"driver": "none"}
