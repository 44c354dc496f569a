"""A look asks all at once, with no more threads than that needs."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from labcheck.observe import Observer
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed, Ping, Query, Subject
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


def test_what_the_engines_lists_do_not_have_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    digest = f"nginx@sha256:{'a' * 64}"
    gone: list[Query] = [ContainerNamed("db"), ImageNamed("httpd"), ImageNamed("localhost:5000/nginx")]
    here: list[Query] = [ContainerNamed("web"), ImageNamed("nginx"), ImageNamed(digest)]
    with SmallEngine(tmp_path) as engine, Observer(Subject()) as observer:
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        engine.answers |= {
            "/containers/json": [{"Id": "1", "Names": ["/other/link", "/web"]}],
            "/containers/web/json": {"Id": "1", "Name": "/web"},
            "/images/json": [{"Id": "2", "RepoTags": ["nginx:latest"], "RepoDigests": [digest]}],
            "/images/docker.io/library/nginx:latest/json": {"Id": "2", "RepoTags": ["nginx:latest"]},
            f"/images/docker.io/library/{digest}/json": {"Id": "2", "RepoTags": ["nginx:latest"]},
        }
        seen = observer.observe([EngineInfo(), *gone, *here, ContainerList(), ImageList()]).snapshot
        answers = {answer.query: answer for answer in seen.answers}
        assert [answers[query].found is not None for query in here] == [True] * 3
        assert [answers[query].evidence for query in gone] == [Absent()] * 3
        assert not [asked.target for asked in engine.asked if "db" in asked.target or "httpd" in asked.target]
        assert engine.times("/containers/web/json") == 1
        observer.observe([EngineInfo(), *gone])
        assert engine.times("/containers/db/json") == 1, "without a list it is asked for"


def test_a_list_that_cannot_be_had_says_nothing_about_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as engine, Observer(Subject()) as observer:
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        engine.answers |= {"/containers/json": "no list", "/containers/web/json": {"Id": "1", "Name": "/web"}}
        seen = observer.observe([EngineInfo(), ContainerNamed("web"), ContainerList()]).snapshot
        asked: Query = ContainerNamed("web")
        assert any(answer.query == asked and answer.found for answer in seen.answers)
