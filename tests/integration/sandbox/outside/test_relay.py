"""The relay that carries the course's page: both ways, bounded, and still there after a burst."""

from __future__ import annotations

import errno
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.outside import relay
from labcheck.sandbox.outside.relay import answers, listening, relayed
from labcheck.sandbox.threads import beside


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Path]:
    """A page inside, whose server repeats what it is told, in capitals."""
    inside = tmp_path / "page"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inside))
        server.listen(1024)

        def repeat(connection: socket.socket) -> None:
            with connection:
                while piece := connection.recv(65536):
                    connection.sendall(piece.upper())

        def serve() -> None:
            while True:
                try:
                    beside(repeat, server.accept()[0])
                except OSError as error:
                    if error.errno != errno.EMFILE:
                        return
                    time.sleep(0.1)

        serving = beside(serve)
        yield inside
        server.shutdown(socket.SHUT_RDWR)
        serving.join(5)


def said(port: int, what: bytes = b"hello") -> bytes:
    """What the page answers to a new connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(what)
        return one.recv(65536)


def said_in_a_crowd(port: int) -> bytes:
    """The same; nothing where so many come that one is turned away without being heard."""
    try:
        return said(port)
    except ConnectionError:
        return b""


def idle(stack: ExitStack, port: int, number: int) -> list[socket.socket]:
    """So many connections that say nothing, as a program has that looks which ports are open."""
    return [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(number)]


def held() -> tuple[int, int]:
    """Our threads, and our open files."""
    return threading.active_count(), sum(1 for _ in Path("/proc/self/fd").iterdir())


def say(connection: socket.socket, all_of_it: bytes) -> None:
    """Say this, and no more."""
    connection.sendall(all_of_it)
    connection.shutdown(socket.SHUT_WR)


def heard(connection: socket.socket) -> bytes:
    """All that the other end says."""
    connection.settimeout(20)
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_relay_carries_both_ways_and_turns_away_where_nobody_is(tmp_path: Path) -> None:
    inside, much = tmp_path / "page", b"much" * 500_000
    outside = listening(0)
    port = outside.getsockname()[1]
    with outside, relayed(outside, inside):
        assert not answers(inside)
        with socket.create_connection(("127.0.0.1", port)) as turned_away:
            assert turned_away.recv(1) == b""
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(inside))
            server.listen()
            with socket.create_connection(("127.0.0.1", port)) as one, server.accept()[0] as other:
                beside(say, one, much)
                assert heard(other) == much
                beside(say, other, b"answer")
                assert heard(one) == b"answer"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_port_that_cannot_be_had_is_said() -> None:
    with listening(0) as taken, pytest.raises(SandboxError, match="Address already in use"):
        listening(taken.getsockname()[1])
    with pytest.raises(SandboxError, match="no such port"):
        listening(70000)


def test_a_burst_of_idle_connections_is_bounded_and_ends_nothing(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "SILENCE", 4.0)
    monkeypatch.setattr(relay, "MOST", 50)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with listening(0) as outside, relayed(outside, page), ExitStack() as stack:
        port = outside.getsockname()[1]
        open_page = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
        open_page.sendall(b"first")
        assert open_page.recv(100) == b"FIRST"
        threads, files = held()
        try:
            # All ends of every connection are in this process.
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
            burst = idle(stack, port, 200)
            while not (refused := said_in_a_crowd(port)):
                time.sleep(0.1)  # so many at once that they were not even told
            assert refused.startswith(b"HTTP/1.1 503 ")
            assert b"Try again in ten seconds" in refused
            open_page.sendall(b"still")
            assert open_page.recv(100) == b"STILL", "who was there stays"
            assert held()[1] - files - len(burst) <= 3 * 2 * relay.MOST, "bounded, also what this test's page has open"
            deadline = time.monotonic() + 60
            while said_in_a_crowd(port) != b"HELLO":
                assert time.monotonic() < deadline
                time.sleep(0.1)
            assert all(one.recv(1000) in {b"", relay.BUSY} for one in burst), "who says nothing is turned away"
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for one in burst:
            one.close()
        while held()[1] > files + 5 or held()[0] > threads + 5:
            assert time.monotonic() < deadline, held()
            time.sleep(0.1)


def test_without_open_files_it_goes_on_once_there_are_some(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with listening(0) as outside, relayed(outside, page), ExitStack() as stack:
        port = outside.getsockname()[1]
        assert said(port) == b"HELLO"
        waiting = idle(stack, port, 1)[0]
        waiting.sendall(b"first")
        assert waiting.recv(100) == b"FIRST", "it is carried, so it has all the open files it takes"
        spare = socket.socket()
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (held()[1] + 1, hard))
            spare.connect(("127.0.0.1", port))
            time.sleep(1.5)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        waiting.sendall(b"waiting")
        assert waiting.recv(100) == b"WAITING"
        assert said(port) == b"HELLO"
        spare.close()
    assert capfd.readouterr() == ("", "")


def test_many_one_after_the_other_leave_nothing(page: Path) -> None:
    with listening(0) as outside, relayed(outside, page):
        port = outside.getsockname()[1]
        assert said(port) == b"HELLO"
        time.sleep(0.2)
        before = held()
        for _ in range(300):
            assert said(port, b"x" * 1000) == b"X" * 1000
        deadline = time.monotonic() + 10
        while any(now > then + 1 for now, then in zip(held(), before, strict=True)):
            assert time.monotonic() < deadline, (held(), before)
            time.sleep(0.05)


def test_a_socket_inside_leads_to_a_port_outside(tmp_path: Path, page: Path) -> None:
    inside, outside = tmp_path / "hub", listening(0)
    to_port = ("127.0.0.1", outside.getsockname()[1])
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as one:
        listener.bind(str(inside))
        listener.listen()
        with outside, relayed(outside, page), relayed(listener, to_port):
            one.connect(str(inside))
            one.sendall(b"hello")
            assert one.recv(65536) == b"HELLO"
