"""A recorder looks once for all labs, files what it saw in each, and goes on with a new attempt."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from labcheck import home
from labcheck.attempt import opened
from labcheck.engine import COURSE_LABEL
from labcheck.journal import Journal
from labcheck.journal.database import Database
from labcheck.lab import parse
from labcheck.log import Log
from labcheck.watch import record
from tests.support.loopback import reply
from tests.support.small_engine import WRITTEN_TIME, SmallEngine
from tests.support.small_events import Happenings, event
from tests.support.whole_logs import Journal as WholeLogs

WEB = parse(
    "title: A\nsteps:\n- {id: run, title: Run it, checks: [{check: container-runs, name: web, image: nginx}]}\n", "web"
)
PULLED = parse(
    "title: B\nsteps:\n- {id: pull, title: Pull it, checks: [{check: image-present, image: nginx}]}\n", "pulled"
)
SAME = replace(WEB, slug="same")
LABS = (WEB, PULLED, SAME)
CONTAINER = {"Id": "c" * 64, "Name": "/web", "Image": "sha256:" + "a" * 64, "State": {"Status": "running"}}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happenings: Happenings) -> Iterator[SmallEngine]:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setattr("labcheck.watch.HEARTBEAT", 0.2)
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        small.answers |= {
            "/info": {"ID": "x", "SystemTime": WRITTEN_TIME, "Labels": [f"{COURSE_LABEL}=one"]},
            "/events": happenings.answer,
            "/containers/json": [{"Id": "c" * 64, "Names": ["/web"], "Image": "nginx", "State": "running"}],
            "/containers/web/json": CONTAINER,
            "/containers/web": reply(204),
        }
        yield small


def logs() -> list[Log]:
    with WholeLogs(home.journal()) as journal:
        found = [journal.current(lab.slug) for lab in LABS]
    return [log for log in found if log is not None]


def asked(engine: SmallEngine, path: str) -> int:
    return sum(path in it.target for it in engine.asked)


def test_one_look_after_an_event_serves_all_labs(engine: SmallEngine, happenings: Happenings) -> None:
    recording = record(LABS, until=threading.Event())
    next(recording)
    assert asked(engine, "/containers/web/json") == 1
    assert [len(log.looks) for log in logs()] == [1, 1, 1]
    happenings.happen(event(1, "container/start", "c" * 64, name="web", image="nginx"))
    next(recording)
    assert asked(engine, "/containers/web/json") == 2
    recording.close()
    web, pulled, same = logs()
    assert {type(answer.query).__name__ for answer in web.looks[0].snapshot.answers} != {
        type(answer.query).__name__ for answer in pulled.looks[0].snapshot.answers
    }
    assert web.looks[0].snapshot == same.looks[0].snapshot


def test_labs_that_an_event_is_not_about_are_looked_at_when_it_is_quiet(
    engine: SmallEngine, happenings: Happenings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labcheck.watch.HEARTBEAT", 60)
    recording = record(LABS, until=threading.Event())
    next(recording)
    at = "/images/docker.io/library/nginx:latest/json"
    engine.answers |= {"/images/json": [{"Id": "1", "RepoTags": ["nginx:latest"]}], at: {"Id": "1"}}
    happenings.happen(event(1, "container/start", "c" * 64, name="web", image="nginx"))
    assert {moment.head.lab for moment in next(recording)} == {"web", "same"}
    assert engine.times(at) == 0
    assert [moment.head.lab for moment in next(recording)] == ["pulled"]
    assert engine.times(at) == 1
    recording.close()
    web, pulled, same = logs()
    assert [len(log.entries) for log in (web, pulled, same)] == [3, 3, 3], "each has the event, and a look after it"


@pytest.mark.usefixtures("engine")
def test_ten_labs_are_filed_in_one_transaction_and_what_they_saw_is_written_once(
    happenings: Happenings, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bool] = []
    transaction = Database.transaction

    def counted(database: Database, *, write: bool, lasting: bool = True) -> AbstractContextManager[sqlite3.Connection]:
        written.append(write)
        return transaction(database, write=write, lasting=lasting)

    recording = record([replace(WEB, slug=f"web-{number}") for number in range(10)], until=threading.Event())
    next(recording)
    monkeypatch.setattr(Database, "transaction", counted)
    happenings.happen(event(1, "container/start", "c" * 64, name="web", image="nginx"))
    moments = next(recording)
    recording.close()
    assert written.count(True) == 1
    assert len(moments) == 10
    assert all(moment.standing.findings == moments[0].standing.findings for moment in moments)
    with closing(sqlite3.connect(home.journal())) as journal:
        entries, documents = journal.execute(
            "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM document)"
        ).fetchone()
    assert entries >= 20
    assert documents < 10


@pytest.mark.usefixtures("engine")
def test_after_a_reset_of_one_lab_all_go_on(happenings: Happenings) -> None:
    recording = record(LABS, until=threading.Event())
    next(recording)
    with opened(WEB) as attempt:
        attempt.reset(attempt.leftovers())
    for number in (1, 2, 3):
        happenings.happen(event(number, "image/pull", "nginx:latest", name="nginx"))
        next(recording)
    recording.close()
    with Journal(home.journal()) as journal:
        heads = [journal.current(lab.slug) for lab in LABS]
    assert [head.attempt for head in heads if head] == [2, 1, 1]
    assert all(log.looks for log in logs())
    assert not any(thread.name.endswith("(listen)") for thread in threading.enumerate())


def test_where_no_engine_answers_it_waits_for_one(engine: SmallEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock")
    recording = record(LABS, until=over)
    next(recording)
    assert logs() == []
    monkeypatch.setenv("DOCKER_HOST", engine.host)
    next(recording)
    assert len(logs()) == len(LABS)
    recording.close()
