"""A look asks all at once, with no more threads than that needs."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from labcheck.observe import Observer
from labcheck.query import EngineInfo, Ping, Query, Subject
from labcheck.snapshot import Absent, Found
from tests.support.looks import REGISTRY
from tests.support.loopback import Loopback, reply
from tests.support.small_engine import WRITTEN_TIME, SmallEngine

MANY = 8


def test_where_nobody_listened_the_last_time_one_thread_asks_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    start = threading.Thread.start

    def counted(thread: threading.Thread) -> None:
        started.append(thread.name)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", counted)
    monkeypatch.setattr("labcheck.observe.tasks.STUCK", 5)
    with SmallEngine(tmp_path) as engine, ExitStack() as places, Observer(Subject()) as observer:
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
        engine.answers |= {"/info": {"ID": "x", "SystemTime": WRITTEN_TIME}}
        sockets = [places.enter_context(socket.socket()) for _ in range(MANY)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        domains = [f"localhost:{one.getsockname()[1]}" for one in sockets]
        server = places.enter_context(Loopback(lambda *_: reply(200, "{}", **REGISTRY)))
        queries: list[Query] = [EngineInfo(), *map(Ping, domains), Ping(server.domain)]
        tasks = []
        for _ in range(2):
            started.clear()
            seen = observer.observe(queries).snapshot
            tasks.append(started.count("labcheck-task"))
            assert [seen.ask(Ping(domain)) for domain in domains] == [Absent()] * MANY
            assert isinstance(seen.ask(Ping(server.domain)), Found)
        assert tasks == [1 + MANY + 1, 1 + 1 + 1]
