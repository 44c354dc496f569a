"""When a look began: by the engine's clock, which is asked first, or by ours where that is the same one."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from labcheck.observe import Observer
from labcheck.observe.engine.clock import written
from labcheck.query import ContainerList, ContainerNamed, ImageList, Ping, Query, Subject
from labcheck.snapshot import Found
from tests.support.looks import REGISTRY
from tests.support.loopback import Asked, Loopback, reply
from tests.support.small_engine import TIME, WRITTEN_TIME, SmallEngine

QUERIES: tuple[Query, ...] = (ContainerList(), ContainerNamed("my-registry"), ImageList())
SUBJECT = Subject(containers=frozenset({"my-registry"}))
PATIENCE = 5.0
HOUR = 3600


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallEngine]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        small.answers["/_ping"] = lambda *_: reply(200, "OK", Api_Version="1.41", Date=written(int(time.time())))
        yield small


def told(seconds: float = 0.0) -> bytes:
    """What an engine says of itself whose clock is so much before ours."""
    now = datetime.fromtimestamp(time.time() + seconds, tz=UTC)
    return reply(200, {"ID": "engine", "SystemTime": now.isoformat().replace("+00:00", "Z")})


def all_asked(engine: SmallEngine, registry: Loopback, times: int) -> bool:
    return len(registry.asked) == engine.times("/images/json") == times


def after(condition: Callable[[], bool]) -> Callable[[Asked, socket.socket], bytes]:
    """It says who it is once this is so, or after a long while."""

    def answer(*_: object) -> bytes:
        said, end = told(), time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end:
            time.sleep(0.005)
        return said

    return answer


def order(engine: SmallEngine) -> list[str]:
    return [asked.target.split("/")[2] for asked in engine.asked if asked.target.startswith("/v1.")]


def test_where_the_engines_clock_is_ours_nobody_waits_for_it(engine: SmallEngine) -> None:
    with Loopback(lambda *_: reply(200, "{}", **REGISTRY)) as registry, Observer(SUBJECT, timeout=10) as observer:
        for number in (1, 2):
            engine.answers["/info"] = after(partial(all_asked, engine, registry, number))
            before, began = time.time_ns(), time.monotonic()
            seen = observer.observe([*QUERIES, Ping(registry.domain)])
            assert time.monotonic() - began < PATIENCE, "it waited until the engine had said who it is"
            assert before <= seen.at <= seen.until <= time.time_ns()
            assert isinstance(seen.info, Found)
            asked: Any = ImageList()
            assert isinstance(seen.snapshot.ask(asked), Found)
        assert engine.times("/info") == engine.times("/images/json") == len(registry.asked) == 2


@pytest.mark.parametrize("seconds", [-HOUR, -0.5, 0.5, HOUR])
def test_an_engine_with_another_clock_is_looked_at_again_after_it_told_its_time(
    engine: SmallEngine, seconds: float
) -> None:
    engine.answers["/info"] = lambda *_: told(seconds)
    with Observer(SUBJECT) as observer:
        for _ in range(2):
            before = time.time_ns() + int(seconds * 1e9)
            engine.asked.clear()
            seen = observer.observe(QUERIES)
            assert before - 1000 <= seen.at <= seen.until <= time.time_ns() + int(seconds * 1e9)
            asked = order(engine)
            last = len(asked) - asked[::-1].index("info")
            assert sorted(asked[last:]) == ["containers", "images"], "it was asked before its time was known"
        assert asked[0] == "info", "what was learnt of its clock is remembered"
        assert len(asked) == 3


def test_an_engine_of_whose_clock_nothing_is_known_tells_it_first(engine: SmallEngine) -> None:
    del engine.answers["/_ping"]
    engine.answers["/info"] = reply(200, {"ID": "engine", "SystemTime": WRITTEN_TIME})
    with Observer(SUBJECT) as observer:
        assert observer.observe(QUERIES).at == TIME
    asked = order(engine)
    assert sorted(asked[asked.index("info") + 1 :]) == ["containers", "images"]


def test_a_clock_that_is_set_is_noticed(engine: SmallEngine) -> None:
    shift = [0.0]
    engine.answers["/info"] = lambda *_: told(shift[0])
    with Observer(SUBJECT) as observer:
        for seconds in (0.0, -60.0, 0.0, 0.0):
            shift[0] = seconds
            before = time.time_ns() + int(seconds * 1e9)
            seen = observer.observe(QUERIES)
            assert before - 1000 <= seen.at <= seen.until <= time.time_ns() + int(seconds * 1e9)


def test_many_slow_questions_keep_no_quick_one_waiting(engine: SmallEngine) -> None:
    def slow(_: Asked, connection: socket.socket) -> None:
        connection.recv(1)

    names = [f"hung{number}" for number in range(5)]
    engine.answers |= {f"/containers/{name}/json": slow for name in names}
    engine.answers["/info"] = lambda *_: told()
    queries: list[Query] = [*map(ContainerNamed, names), ImageList()]
    with Observer(SUBJECT, timeout=3) as observer:
        snapshot = observer.observe(queries).snapshot
    asked: Any = ImageList()
    assert isinstance(snapshot.ask(asked), Found)
