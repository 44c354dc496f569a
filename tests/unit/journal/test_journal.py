"""The journal: what is filed comes back, in order and once, whoever filed it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.errors import InvalidEvidence, JournalError
from labcheck.journal import Filing
from labcheck.journal import Journal as Plain
from labcheck.journal import entries as filing
from labcheck.log import Answered, Entry, Gap, Happened, Log, Look
from labcheck.seed import SEED
from tests.support.damaged import sql
from tests.support.examples import examples
from tests.support.logs import ENTRIES, SECOND, lasting, look, pull
from tests.support.whole_logs import Journal

LAB = "push-and-pull"
NORMAL, FULL = 1, 2
"""SQLite's numbers for how it waits for the disk."""
HOUR = 3600 * SECOND


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


def test_attempts_are_counted_for_each_lab(journal: Journal) -> None:
    assert [journal.begin(LAB, engine="engine", began=at).attempt for at in (1, 2)] == [1, 2]
    other = journal.begin("mirrors", engine="engine", began=3)
    assert other == Log("mirrors", 3, (), "engine", 1, seed=other.seed)


def test_each_attempt_has_a_seed_of_its_own_and_keeps_it(journal: Journal, path: Path) -> None:
    logs = [journal.begin(LAB, engine="engine", began=at) for at in (1, 2, 3)]
    assert len({log.seed for log in logs} - {""}) == 3
    with Journal(path) as again:
        assert again.current(LAB) == logs[-1]


def test_every_attempt_has_the_seed_that_is_given(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED, "for CI")
    assert {journal.begin(LAB, engine="engine", began=at).seed for at in (1, 2)} == {"for CI"}
    monkeypatch.setenv(SEED, "\udcff" + "x" * 1000)
    odd = journal.begin(LAB, engine="engine", began=3)
    assert odd.seed == "\\xff" + "x" * 96
    assert journal.current(LAB) == odd


def test_an_attempt_that_is_older_than_seeds_has_none(path: Path) -> None:
    with Journal(path) as journal:
        old = journal.append(journal.begin(LAB, engine="engine", began=1), [pull(1)])
    columns = ("seed", "link", "unsealed", "recovered", "begun")
    sql(path, *(f"ALTER TABLE attempt DROP COLUMN {name}" for name in columns), "PRAGMA user_version = 3")
    with Journal(path) as journal:
        assert journal.current(LAB) == msgspec.structs.replace(old, seed="")
        assert journal.begin(LAB, engine="engine", began=2).seed


def test_the_newest_attempt_on_an_engine_is_current(journal: Journal) -> None:
    assert journal.current(LAB) is None
    first, second = (journal.begin(LAB, engine=engine, began=1) for engine in ("one", "two"))
    assert journal.current(LAB, "one") == first
    assert journal.current(LAB, "two") == journal.current(LAB) == second
    assert journal.current(LAB, "three") is journal.current("mirrors") is None


def test_joining_begins_an_attempt_only_if_there_is_none(journal: Journal) -> None:
    begun = journal.join(LAB, engine="one", began=1)
    filed = journal.append(begun, [Gap(2)])
    assert journal.join(LAB, engine="one", began=3) == filed
    assert journal.join(LAB, engine="two", began=4).attempt == 2


def test_what_is_filed_is_read_back_later(path: Path) -> None:
    entries: tuple[Entry, ...] = (pull(1), look(2, "nginx"), Gap(3), look(4, until=5), Answered(6, "catalog", "nginx"))
    with Journal(path) as journal:
        filed = journal.append(journal.begin(LAB, engine="engine", began=1), entries, '{"at": 1}')
    assert filed.entries == entries
    with Journal(path) as journal:
        assert journal.current(LAB, "engine") == filed
        assert journal.cursor(filed) == '{"at": 1}'


def test_the_cursor_stays_until_it_is_replaced(journal: Journal, log: Log) -> None:
    assert journal.cursor(log) is None
    journal.append(log, [], "first")
    journal.append(log, [Gap(1)])
    assert journal.cursor(log) == "first"
    journal.append(log, [], "second")
    assert journal.cursor(log) == "second"


def test_a_look_in_which_something_happened_is_not_extended(journal: Journal, log: Log) -> None:
    torn = look(1 * SECOND, "nginx", until=3 * SECOND)
    whole = look(5 * SECOND, "nginx", until=6 * SECOND)
    filed = journal.append(log, [pull(2 * SECOND), torn])
    assert journal.append(filed, [whole]).entries == (pull(2 * SECOND), torn, whole)


@pytest.mark.parametrize(("happened", "extended"), [(2, True), (3, False), (4, False), (5, False), (6, True)])
def test_whether_something_happened_in_a_look_goes_by_the_engines_own_time(
    journal: Journal, log: Log, happened: int, *, extended: bool
) -> None:
    seen = look(3, "nginx", until=5)
    log = journal.append(log, [Gap(3), pull(happened), seen, look(8, "nginx")])
    assert len(log.entries) == (3 if extended else 4)


def test_a_look_that_saw_nothing_new_extends_the_last(journal: Journal, log: Log) -> None:
    log = journal.append(log, [look(1, "nginx", until=2)])
    assert journal.append(log, [look(5, "nginx", until=6)]).entries == (lasting(look(1, "nginx", until=2), 6),)
    assert journal.append(log, [look(7, "nginx"), look(8)]).entries == (
        lasting(look(1, "nginx", until=2), 7),
        look(8),
    )


@pytest.mark.parametrize("between", [pull(3), Gap(3), Answered(3, "catalog", "nginx"), look(3, "httpd")])
def test_a_look_after_something_else_is_one_of_its_own(journal: Journal, log: Log, between: Entry) -> None:
    entries = (look(1, "nginx"), between, look(5, "nginx"))
    for entry in entries:
        log = journal.append(log, [entry])
    assert log.entries == entries


def test_an_event_is_filed_once_an_attempt(journal: Journal, log: Log) -> None:
    log = journal.append(log, [pull(1), pull(1), pull(2)])
    log = journal.append(log, [pull(2), pull(3), look(4)])
    assert log.entries == (pull(1), pull(2), pull(3), look(4))
    assert journal.append(log, [pull(3), look(5)]).entries[3:] == (lasting(look(4), 5),)
    other = journal.begin(LAB, engine="engine", began=2)
    assert journal.append(other, [pull(3)]).entries == (pull(3),)


def test_of_two_looks_at_once_the_one_that_ended_later_is_the_newer(journal: Journal, log: Log) -> None:
    seen = (pull(10 * SECOND), look(11 * SECOND, "nginx", until=12 * SECOND))
    journal.append(log, seen)
    slow = look(9 * SECOND, until=10 * SECOND - 1)
    assert journal.append(log, [slow], after=0).entries == (slow, *seen)


def test_what_was_filed_before_a_look_began_stays_before_it_whatever_the_clock_says(journal: Journal, log: Log) -> None:
    log = journal.append(log, [pull(HOUR), look(HOUR, "nginx")])
    filed = journal.inner.filed()
    back = (pull(SECOND), look(2 * SECOND), pull(HOUR - SECOND), look(HOUR - SECOND, "nginx"), look(HOUR + 1))
    for batch in (back[:2], back[2:4], back[4:]):
        log = journal.append(log, batch, after=filed)
        filed = journal.inner.filed()
    assert log.entries[2:] == back


def test_labs_are_listed_the_newest_touched_first(journal: Journal) -> None:
    assert journal.labs() == ()
    first = journal.append(journal.begin("first", engine="", began=1), [look(1)])
    journal.begin("second", engine="", began=1)
    assert journal.labs() == ("second", "first")
    journal.append(first, [look(2)])
    assert journal.labs() == ("second", "first"), "a look that saw nothing new is nobody's work"
    journal.append(first, [pull(3)])
    assert journal.labs() == ("first", "second")


def test_documents_are_stored_once(path: Path, journal: Journal, log: Log) -> None:
    for at in range(1, 9, 2):
        log = journal.append(log, [look(at, "nginx", "httpd"), look(at + 1, "nginx")])
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM document").fetchone() == (2,)
    database.close()
    with Journal(path) as another:  # whoever filed an entry has it as it was filed
        read = another.current(log.lab)
    assert read is not None
    assert len({id(answer.found) for seen in read.looks for answer in seen.snapshot.answers}) == 2


@pytest.mark.parametrize(
    ("entries", "waits"),
    [
        ([pull(1), look(2, "nginx")], False),
        ([look(3, until=5)], False),
        ([Answered(6, "catalog", "nginx")], True),
        ([look(7), Gap(8)], True),
    ],
)
def test_only_what_cannot_be_seen_again_waits_for_the_disk(
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    entries: list[Entry],
    waits: bool,  # noqa: FBT001 - a case
) -> None:
    real, seen = filing.file, []

    def file(connection: sqlite3.Connection, *arguments: Any) -> Any:  # noqa: ANN401 - whatever it is handed
        seen.extend(connection.execute("PRAGMA synchronous").fetchone())
        return real(connection, *arguments)

    monkeypatch.setattr(filing, "file", file)
    with Plain(path) as journal:
        head = journal.begin(LAB, engine="engine", began=1)
        for more in ([Answered(1, "catalog", "nginx")], [look(1)], entries):
            journal.append(head, more)
    assert seen == [FULL, NORMAL, FULL if waits else NORMAL]


def test_a_document_that_was_read_the_last_time_is_not_read_again(path: Path) -> None:
    with Plain(path) as journal:
        head = journal.begin(LAB, engine="engine", began=1)
        journal.append(head, [look(2, "nginx"), Gap(3), look(4, "nginx", "httpd")])
        first, second = (
            [
                answer.found
                for _, it in journal.read(head) or ()
                if isinstance(it, Look)
                for answer in it.snapshot.answers
            ]
            for _ in range(2)
        )
    assert len(first) > 1
    assert list(map(id, first)) == list(map(id, second))


def test_what_is_new_is_read_without_going_through_what_is_old(path: Path) -> None:
    steps = []
    with Plain(path) as journal:
        head = journal.begin(LAB, engine="engine", began=1)
        for number in (100, 1000):
            journal.append(head, [Gap(at) for at in range(number, 2 * number)])
            place, _ = (journal.read(head) or [])[-3]
            steps.append([0])
            count(journal, steps[-1])
            assert len(journal.read(head, place) or ()) == 2
            count(journal, None)
    assert 0 < steps[0][0] == steps[1][0]


def count(journal: Plain, steps: list[int] | None) -> None:
    """From now on, count there in how many steps SQLite does what it is asked; or no longer."""

    def step() -> None:
        assert steps is not None
        steps[0] += 1

    journal._database._connection.set_progress_handler(step if steps is not None else None, 1)  # noqa: SLF001


def test_what_several_labs_have_in_their_logs_is_one_entry_for_all(path: Path) -> None:
    with Plain(path) as journal:
        heads = [journal.begin(lab, engine="engine", began=1) for lab in ("push-and-pull", "mirrors")]
        journal.append_all([Filing(head, [pull(2), look(3, "nginx")]) for head in heads])
        first, second = ([entry for _, entry in journal.read(head) or ()] for head in heads)
        assert len(first) == 2
        assert list(map(id, first)) == list(map(id, second))
        journal.append(heads[1], [look(5, "nginx")])
        assert [entry for _, entry in journal.read(heads[1]) or ()] == [pull(2), lasting(look(3, "nginx"), 5)]
        assert [entry for _, entry in journal.read(heads[0]) or ()] == first


def test_an_attempt_that_is_in_another_journal_is_refused(journal: Journal) -> None:
    for use in (journal.cursor, lambda log: journal.append(log, [Gap(1)])):
        with pytest.raises(JournalError, match="no attempt 7 at the lab mirrors"):
            use(Log("mirrors", 0, attempt=7))


@pytest.mark.parametrize("entry", [Answered(1, "step", "\udcff"), Gap(2**63), Gap(2**70), Happened({"a": object()})])
def test_what_cannot_be_filed_is_refused_whole(journal: Journal, log: Log, entry: Entry) -> None:
    log = journal.append(log, [pull(1)], "cursor")
    with pytest.raises((JournalError, InvalidEvidence)):
        journal.append(log, [pull(2), entry], "next")
    assert journal.current(LAB) == log
    assert journal.cursor(log) == "cursor"


def expected(batches: Sequence[Sequence[Entry]]) -> tuple[Entry, ...]:
    """What the journal's promises make of these batches, said once more and as plainly as can be."""
    filed: list[Entry] = []
    for entry in (entry for batch in batches for entry in batch):
        before = filed[-1] if filed else None
        if isinstance(entry, Happened) and any(text(entry) == text(other) for other in filed):
            continue
        torn = isinstance(before, Look) and any(
            isinstance(it, Happened) and before.at <= it.at <= before.end for it in filed[-2:-1]
        )
        if (
            isinstance(entry, Look)
            and isinstance(before, Look)
            and not torn
            and text(entry.snapshot) == text(before.snapshot)
        ):
            filed[-1] = lasting(before, max(before.until, entry.until))
            continue
        filed.append(entry)
    return tuple(filed)


def text(value: object) -> bytes:
    """The value as JSON, where 1 and true differ."""
    return msgspec.json.encode(value, order="sorted")


@examples(50)
@given(st.lists(st.lists(ENTRIES, max_size=4), max_size=6))
def test_any_appends_read_back_as_promised(batches: list[list[Entry]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with Journal(path) as journal:
            log = journal.begin(LAB, engine="engine", began=0)
            for count, batch in enumerate(batches, 1):
                log = journal.append(log, batch)
                assert log.entries == expected(batches[:count])
        with Journal(path) as journal:
            assert journal.current(LAB) == log


@examples(25)
@given(st.lists(ENTRIES, max_size=8), st.lists(ENTRIES, max_size=4))
def test_no_writer_loses_what_another_filed(mine: list[Entry], theirs: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with Journal(path) as one, Journal(path) as two:
            log = one.begin(LAB, engine="engine", began=0)
            two.append(log, theirs)
            assert one.append(log, mine).entries == expected([theirs, mine])
