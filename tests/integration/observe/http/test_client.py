"""One look asks a server as often as it must, and says one thing of it."""

from __future__ import annotations

import socket

import pytest

from labcheck.cause import ConnectionRefused
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client
from labcheck.observe.trouble import CannotLook


def test_where_nobody_listens_a_look_knocks_once() -> None:
    with socket.socket() as server, Client(Deadline(5)) as client:
        server.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(CannotLook) as refused:
            client.send("GET", f"{address}/")
        assert isinstance(refused.value.cause, ConnectionRefused)
        server.listen()
        server.settimeout(0)
        with pytest.raises(CannotLook) as again:
            client.send("GET", f"{address}/another")
        assert (str(again.value), again.value.cause) == (str(refused.value), refused.value.cause)
        with pytest.raises(BlockingIOError):
            server.accept()
        with Client(Deadline(0.2)) as another_look, pytest.raises(CannotLook) as silent:
            another_look.send("GET", f"{address}/")
        assert not isinstance(silent.value.cause, ConnectionRefused)
        server.accept()[0].close()
