"""The recorder: what it need not ask again, and what makes it ask again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labcheck.attempt import Attempt
from labcheck.journal import Journal
from labcheck.lab import load
from labcheck.observe import Observer
from labcheck.observe.registry import cache
from labcheck.plan import Plan
from labcheck.query import EngineInfo, StoredAt, Subject
from labcheck.watch import watch
from tests.support.loopback import Loopback, reply
from tests.support.one_repository import Repository
from tests.support.small_engine import TIME, SmallEngine
from tests.support.small_events import Happenings, event


class Watched:
    """A recorder on a small engine; ``blobs`` is how many of a registry's blobs it has asked for."""

    def __init__(self, happenings: Happenings, server: Loopback) -> None:
        self.happenings = happenings
        self._server = server
        self._count = 0

    @property
    def blobs(self) -> int:
        """How many blobs were asked for."""
        return sum("/blobs/" in asked.target for asked in self._server.asked)

    @property
    def looks(self) -> int:
        """How many looks there were."""
        return sum("/manifests/" in asked.target for asked in self._server.asked)

    def happen(self, kind: str) -> None:
        """Something happens."""
        self._count += 1
        self.happenings.happen(event(time.time_ns() - TIME, kind, str(self._count)))


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(cache, "FRESH", 60.0)
    happenings, until = Happenings(), threading.Event()
    with SmallEngine(tmp_path) as engine, Loopback(Repository().answer) as server:
        engine.answers["/info"] = lambda *_: reply(200, _info())
        engine.answers["/events"] = happenings.answer
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        planned = Plan((EngineInfo(), StoredAt(f"{server.domain}/it:one")), Subject())

        def record() -> None:
            with Journal(tmp_path / "journal.db") as journal, Observer(planned.subject) as observer:
                for _ in watch(Attempt(load("start-here"), journal, observer, planned), until=until):
                    pass

        recorder = threading.Thread(target=record)
        recorder.start()
        yield Watched(happenings, server)
        until.set()
        happenings.end()
        recorder.join(10)
        assert not recorder.is_alive()


def _info() -> dict[str, object]:
    now = time.time_ns()
    second = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now // 10**9))
    return {"ID": "engine", "ServerVersion": "20.10.24", "SystemTime": f"{second}.{now % 10**9:09d}Z"}


def _soon(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def _asks_nothing(watched: Watched, kind: str) -> bool:
    """Whether a look after this asks for no blob."""
    blobs, looks = watched.blobs, watched.looks
    watched.happen(kind)
    _soon(lambda: watched.looks > looks)
    time.sleep(0.3)  # a look may see the end of a burst only at its second try
    return watched.blobs == blobs


def _asks_again(watched: Watched, *kinds: str) -> None:
    """A look after these asks for all blobs."""
    blobs = watched.blobs
    for kind in kinds:
        watched.happen(kind)
    _soon(lambda: watched.blobs >= blobs + 3)


def test_only_after_something_else_than_an_image_a_registry_is_asked_for_its_layers_again(watched: Watched) -> None:
    # What was looked at before the recorder listened is asked for once more.
    _soon(lambda: watched.looks > 0 and _asks_nothing(watched, "image/tag"))
    assert _asks_nothing(watched, "image/untag")
    _asks_again(watched, "container/exec_die", "image/tag")
    assert _asks_nothing(watched, "image/pull")
    _asks_again(watched, "volume/destroy", "image/tag")
    assert _asks_nothing(watched, "image/delete")
    _asks_again(watched, "container/start")
