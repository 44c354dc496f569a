"""A damaged journal: what is whole is saved, the damaged file is kept, and the learner is told in one sentence."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from labcheck.errors import JournalError
from labcheck.log import Gap, Log
from tests.support.damaged import LAB, SAVED, as_root, filled, is_part, kept, saved, sql
from tests.support.logs import look, pull
from tests.support.whole_logs import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it's home" / "journal.db"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Log]:
    """A filled journal's file, and what is filed there."""
    path = tmp_path_factory.mktemp("made") / "journal.db"
    log = filled(path)
    return path.read_bytes(), log


@pytest.fixture
def log(path: Path, made: tuple[bytes, Log]) -> Log:
    """What is now filed at the path."""
    path.parent.mkdir(mode=0o700)
    path.write_bytes(made[0])
    path.chmod(0o600)
    return made[1]


def told(caplog: pytest.LogCaptureFixture) -> tuple[int, int]:
    """How many entries are said to be saved, and how many lost, in the one sentence that is said."""
    (message,) = (record.getMessage() for record in caplog.records if record.name == "labcheck")
    said = SAVED.search(message)
    assert said is not None, message
    return int(said[1]), int(said[2] or 0)


@pytest.mark.parametrize("twelfth", range(12))
def test_of_a_journal_that_is_cut_off_all_before_the_cut_is_saved(
    path: Path, log: Log, twelfth: int, caplog: pytest.LogCaptureFixture
) -> None:
    whole = path.read_bytes()
    cut = 4096 + (len(whole) - 4096) * twelfth // 12 + 7 * twelfth
    path.write_bytes(whole[:cut])
    if twelfth == 0:  # nothing but the tables' names
        with Journal(path) as journal:
            assert journal.labs() == ()
        assert "was damaged: nothing in it can be read." in caplog.text
    else:
        now = saved(path)
        assert is_part(now.entries, log.entries)
        expected = len(log.entries) * (cut / len(whole)) - 28  # the tables' first pages, and rows that end behind it
        assert len(now.entries) >= expected
        assert told(caplog)[0] >= expected
    assert (kept(path) / "journal.db").read_bytes() == whole[:cut]


@pytest.mark.parametrize("seed", range(12))
def test_of_a_journal_with_scattered_flips_most_is_saved(
    path: Path, log: Log, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    data = bytearray(path.read_bytes())
    for _ in range(16):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    now = saved(path)
    whole = [entry for entry in now.entries if not isinstance(entry, Gap)]
    assert len([entry for entry in whole if entry in log.entries]) >= len(log.entries) - 40
    number, lost = told(caplog)
    assert number >= len(log.entries) - 40
    assert len(log.entries) + 2 - 5 <= number + lost <= len(log.entries) + 2
    assert (kept(path) / "journal.db").read_bytes() == data


DAMAGE: dict[str, tuple[Callable[[Path], object], int]] = {
    "without a document": (lambda path: sql(path, "DELETE FROM document WHERE rowid = 7"), 1),
    "with another document": (lambda path: sql(path, "UPDATE document SET body = x'7b7d' WHERE rowid = 7"), 1),
    "with a document that is no blob": (lambda path: sql(path, "UPDATE document SET body = 7 WHERE rowid = 7"), 1),
    "with an entry cut off": (lambda path: sql(path, "UPDATE entry SET body = substr(body, 9) WHERE rowid = 7"), 1),
    "with an entry that is no UTF-8": (lambda path: sql(path, "UPDATE entry SET body = x'22ff22' WHERE rowid = 7"), 1),
    "with an entry that is no blob": (lambda path: sql(path, "UPDATE entry SET body = 7 WHERE rowid = 7"), 1),
    "with a time that is none": (lambda path: sql(path, "UPDATE entry SET time = 'noon' WHERE rowid = 7"), 1),
    "with an attempt that began never": (lambda path: sql(path, "UPDATE attempt SET began = 'never' WHERE id = 1"), 0),
    "with garbage for a header": (lambda path: path.write_bytes(b"Dear diary,today" + path.read_bytes()[16:]), 0),
}


@pytest.mark.parametrize(("damage", "lost"), DAMAGE.values(), ids=DAMAGE)
def test_one_damage_costs_what_it_hit(
    path: Path, log: Log, damage: Callable[[Path], object], lost: int, caplog: pytest.LogCaptureFixture
) -> None:
    damage(path)
    with Journal(path) as journal:
        for attempt in (journal.current(LAB, "other"), journal.current("mirrors", "engine")):
            assert attempt is not None
            assert len(attempt.entries) == 1
    now = saved(path)
    assert is_part(now.entries, log.entries)
    assert len(now.entries) == len(log.entries), "where something is missing there is a gap"
    assert sum(isinstance(entry, Gap) for entry in now.entries) == lost
    assert told(caplog) == (len(log.entries) + 2 - lost, lost)
    with Journal(path) as journal:
        assert journal.cursor(now) == (None if lost else "cursor"), "the engine is asked again for what is missing"


def test_an_attempt_whose_engine_cannot_be_read_is_saved_without_it(path: Path, log: Log) -> None:
    sql(path, "UPDATE attempt SET engine = CAST(x'ff' AS TEXT) WHERE id = 2")
    with Journal(path) as journal:
        now = journal.current(LAB)
    assert now is not None
    assert (now.attempt, now.engine, now.entries) == (log.attempt, "", log.entries)


def test_a_table_that_is_gone_costs_no_more_than_itself(path: Path, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    sql(path, "DROP TABLE entry")
    with Journal(path) as journal:
        assert journal.labs() == ("mirrors", LAB)
        again = journal.join(LAB, engine="engine", began=5)
        assert again.attempt == log.attempt
        assert journal.append(again, [pull(10_000)]).entries[-1] == pull(10_000)
    assert told(caplog)[0] < len(log.entries)


def test_what_was_written_last_is_saved_from_the_log_beside_it(
    path: Path, log: Log, caplog: pytest.LogCaptureFixture
) -> None:
    beside = path.with_name(f"{path.name}-wal")
    with Journal(path) as journal:
        more = journal.append(log, [pull(5000), look(5001, "nginx")])
        data, wal = path.read_bytes(), beside.read_bytes()
    path.write_bytes(b"Dear diary,today" + data[16:])
    beside.write_bytes(wal)
    assert saved(path).entries == more.entries
    assert told(caplog) == (len(more.entries) + 2, 0)


def test_a_journal_that_was_emptied_beside_its_log_is_saved_from_it(path: Path) -> None:
    with Journal(path) as journal:
        log = journal.append(journal.begin("mirrors", engine="engine", began=1), [pull(1)])
        wal = path.with_name(f"{path.name}-wal").read_bytes()
    path.write_bytes(b"")
    path.with_name(f"{path.name}-wal").write_bytes(wal)
    with Journal(path) as journal:
        assert journal.current("mirrors") == log


def test_a_journal_that_is_open_goes_on_and_so_do_all_that_find_the_damage_at_once(
    path: Path, log: Log, caplog: pytest.LogCaptureFixture
) -> None:
    gate = threading.Barrier(6)

    def use(number: int) -> Log:
        with Journal(path) as journal:
            assert journal.labs()
            gate.wait(20)
            if number == 0:
                sql(path, "UPDATE entry SET body = x'00' WHERE rowid IN (7, 8)")
            gate.wait(20)
            return journal.append(journal.join(LAB, engine="engine", began=1), [pull(20_000 + number)], after=0)

    with ThreadPoolExecutor(gate.parties) as pool:
        list(pool.map(use, range(gate.parties)))
    now = saved(path)
    assert is_part(now.entries[:-6], log.entries)
    assert now.entries[-6:] == tuple(pull(20_000 + number) for number in range(6)), "nobody's entry was lost"
    assert told(caplog) == (len(log.entries), 2)
    assert kept(path).name == "damaged-1"


@as_root
def test_the_new_journal_and_what_is_kept_are_the_owners_alone(path: Path, log: Log) -> None:
    assert log.attempt
    os.chown(path.parent, 1234, 4321)
    sql(path, "UPDATE entry SET body = x'00' WHERE rowid IN (7, 8)")
    saved(path)
    for file in (path, kept(path)):
        assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)
        assert file.stat().st_mode & 0o077 == 0


def test_where_it_cannot_be_saved_the_damaged_journal_stays(path: Path, log: Log) -> None:
    sql(path, "UPDATE entry SET body = x'00' WHERE rowid IN (7, 8)")
    was = path.read_bytes()
    for number in range(1, 200):
        (path.parent / f"damaged-{number}").touch()
    assert log.attempt
    (path.parent / "damaged-200").symlink_to(path.parent / "nowhere" / "else")
    with pytest.raises(JournalError, match="is damaged, and what can be read of it cannot be saved now: ") as refused:
        saved(path)
    assert "Nothing was changed" in refused.value.remedy
    assert path.read_bytes() == was
