"""The journal, used by several at once: writers, readers, followers, and one recorder."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from labcheck.journal import SCHEMA, TABLES
from labcheck.journal.database import _created, _one_moment, _schema
from labcheck.log import Answered, Happened, Log
from tests.support.damaged import filled, is_part, kept, saved, sql
from tests.support.logs import look, pull
from tests.support.whole_logs import Journal
from tests.support.writer import EVENTS, LAB, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as journal:
        yield journal


@pytest.fixture
def log(journal: Journal) -> Log:
    return journal.begin(LAB, engine="engine", began=1)


def test_what_others_filed_meanwhile_comes_back_too(path: Path, journal: Journal, log: Log) -> None:
    with Journal(path) as other:
        other.append(log, [pull(1), look(2, "nginx")])
    assert journal.append(log, [Answered(3, "catalog", "nginx")]).entries == (
        pull(1),
        look(2, "nginx"),
        Answered(3, "catalog", "nginx"),
    )


def test_a_journal_that_another_is_creating_is_not_taken_for_another_program_s(path: Path) -> None:
    path.parent.mkdir()
    first = sqlite3.connect(path, isolation_level=None)
    second = sqlite3.connect(path, isolation_level=None)
    first.execute("PRAGMA journal_mode = WAL")
    with closing(first), closing(second), _one_moment(second):
        assert second.execute("PRAGMA application_id").fetchone() == (0,)
        _created(first, TABLES, SCHEMA)
        assert second.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert _schema(second) == 0


def test_all_that_open_a_new_journal_at_once_join_one_attempt(tmp_path: Path) -> None:
    gate = threading.Barrier(6)

    def joined(path: Path) -> int:
        gate.wait(20)
        with Journal(path) as journal:
            return journal.join(LAB, engine="engine", began=1).attempt

    with ThreadPoolExecutor(gate.parties) as pool:
        for number in range(10):
            path = tmp_path / str(number) / "journal.db"
            assert list(pool.map(joined, [path] * gate.parties)) == [1] * gate.parties


def test_processes_that_file_the_same_events_file_them_once(path: Path) -> None:
    sharing = [started("share", path) for _ in range(3)]
    assert [process.communicate(timeout=240)[0] for process in sharing] == ["1\n"] * 3
    assert [process.returncode for process in sharing] == [0] * 3
    with Journal(path) as journal:
        log = journal.current(LAB)
    assert log is not None
    assert [it.at for it in log.entries if isinstance(it, Happened)] == list(range(0, 10 * EVENTS, 10))
    assert [seen.at for seen in log.looks] == list(range(25, 10 * EVENTS, 30))
    assert list(log.entries) == sorted(log.entries, key=lambda entry: entry.at)


def test_whoever_writes_does_not_read_the_log_meanwhile(path: Path, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]  # as given
        connection.set_trace_callback(said.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    with Journal(path) as journal:
        assert journal.append(journal.join(LAB, engine="engine", began=1), [pull(1)]).attempt == log.attempt
    began = said.index("BEGIN IMMEDIATE")
    ended = said.index("COMMIT", began)
    assert said.count("BEGIN IMMEDIATE") == 1, "who joins what is there writes nothing"
    assert not [statement for statement in said[began:ended] if statement.startswith("SELECT body")]
    with Journal(path) as other:  # who filed an entry knows it
        assert other.current(LAB)
    assert [statement for statement in said[ended:] if statement.startswith("SELECT body")], "the log is read"


def test_a_reader_does_not_wait_for_a_writer_and_a_writer_does(path: Path, journal: Journal, log: Log) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    assert journal.current(LAB) == log
    release = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    release.start()
    began = time.monotonic()
    assert journal.append(log, [pull(1)]).entries == (pull(1),)
    assert time.monotonic() - began > 0.2
    release.join()
    other.close()


def test_a_follower_sees_what_was_filed(path: Path, journal: Journal, log: Log) -> None:
    assert not journal.wait(log)
    began = time.monotonic()
    assert not journal.wait(log, 0.2)
    assert 0.2 <= time.monotonic() - began < 60

    def file() -> None:
        with Journal(path) as other:
            other.append(log, [pull(1)])

    filing = threading.Timer(0.2, file)
    filing.start()
    assert journal.wait(log, 20)
    filing.join()
    assert time.monotonic() - began < 60
    newest = journal.current(LAB)
    assert newest is not None
    assert not journal.wait(newest)


def test_a_follower_sees_that_a_new_attempt_began(journal: Journal, log: Log) -> None:
    journal.begin(LAB, engine="another", began=2)
    assert not journal.wait(log)
    journal.begin(LAB, engine="engine", began=2)
    assert journal.wait(log)


def test_there_is_one_recorder_an_attempt(path: Path, journal: Journal, log: Log) -> None:
    other = journal.begin(LAB, engine="engine", began=2)
    with journal.recorder(log) as first, Journal(path) as elsewhere:
        with elsewhere.recorder(log) as second, elsewhere.recorder(other) as third:
            assert (first, second, third) == (True, False, True)
        with elsewhere.recorder(log) as still:
            assert not still
    with journal.recorder(log) as again:
        assert again


def test_what_goes_wrong_while_recording_is_not_the_journals_trouble(journal: Journal, log: Log) -> None:
    with pytest.raises(FileNotFoundError), journal.recorder(log):
        raise FileNotFoundError


def test_a_killed_recorder_makes_room(path: Path) -> None:
    with started("record", path) as process, Journal(path) as journal:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["1\n", "True\n"]
        log = journal.join(LAB, engine="engine", began=1)
        with journal.recorder(log) as recording:
            assert not recording
        process.kill()
        process.wait(10)
        with journal.recorder(log) as recording:
            assert recording


def test_processes_that_find_the_damage_at_once_save_it_once(path: Path) -> None:
    log = filled(path)
    sql(path, "UPDATE entry SET body = x'00' WHERE rowid IN (7, 8)")
    sharing = [started("share a little", path) for _ in range(4)]
    assert [process.communicate(timeout=240)[0] for process in sharing] == ["2\n"] * 4
    assert is_part(log.entries[20:], saved(path).entries)
    assert kept(path).name == "damaged-1"
