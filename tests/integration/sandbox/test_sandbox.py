"""The parts of the sandbox that deal with processes and sockets, without a sandbox."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from labcheck.sandbox.identity import Identity
from labcheck.sandbox.orders import Hello, Line, Orders
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.outside.sockets import engine_sockets


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))


def test_a_process_is_alive_until_it_has_ended() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        one = Process.of(child.pid)
        assert one.alive
        assert not one.gone(within=0.02)
        one.send(signal.SIGKILL)
        assert one.gone(within=5), "nobody may ever reap it"
        child.wait()
        assert one.gone(within=0)
        one.send(signal.SIGKILL)


def test_sockets_of_engines_are_found_at_home_and_in_docker_host(tmp_path: Path) -> None:
    (tmp_path / ".rd").mkdir()
    (tmp_path / ".docker/run").mkdir(parents=True)
    (tmp_path / ".docker/run/docker.sock").touch()
    with socket.socket(socket.AF_UNIX) as known, socket.socket(socket.AF_UNIX) as named:
        known.bind(str(tmp_path / ".rd/docker.sock"))
        named.bind(str(tmp_path / "named"))
        found = engine_sockets(f"unix://{tmp_path}/named", [tmp_path])
    ours = [path for path in found if path.is_relative_to(tmp_path)]
    assert ours == [tmp_path / ".rd/docker.sock", tmp_path / "named"]


def test_messages_arrive_whole_and_silence_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        orders = Orders(Identity("abc", 1), "course", None, (), "", ("x" * 300_000,))
        line, other = Line(ours), Line(theirs)
        line.say(Hello(1))
        assert other.hear(1) == Hello(1)
        saying = threading.Thread(target=line.say, args=(orders,))
        saying.start()
        assert other.hear(5) == orders
        saying.join()
        with pytest.raises(TimeoutError):
            other.hear(0.01)
        ours.close()
        assert other.hear(1) is None
