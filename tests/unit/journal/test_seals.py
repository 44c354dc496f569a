"""What is filed is sealed: a journal that was edited shows it, one that is old or was recovered says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.chain import Seal, holds
from labcheck.evidence import Filed, written
from labcheck.journal import Journal
from labcheck.log import Answered, Entry, Gap, Head
from tests.support.damaged import sql
from tests.support.logs import look, pull

LAB = "push-and-pull"
ENTRIES: list[Entry] = [pull(2), look(3, "nginx"), Answered(4, "digest", "sha256:1"), Gap(5), look(6, "nginx", "httpd")]
COLUMNS = ("link", "unsealed", "recovered", "begun")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.db"


def _filled(path: Path) -> Head:
    with Journal(path) as journal:
        head = journal.begin(LAB, engine="engine", began=1)
        for entry in ENTRIES:
            journal.append(head, [entry])
        return head


def _seal(path: Path, head: Head) -> tuple[bool, Seal]:
    with Journal(path) as journal:
        rows, seal = journal.as_filed(head)
    in_order = sorted(rows, key=lambda row: row[0].number)
    return holds(seal, head, [written(entry, Filed().file) for _, entry in in_order]), seal


def test_what_was_filed_is_what_was_sealed(path: Path) -> None:
    is_whole, seal = _seal(path, _filled(path))
    assert is_whole
    assert (len(seal.link), seal.unsealed, seal.recovered) == (64, 0, False)


def test_a_look_that_is_extended_stays_as_it_was_sealed(path: Path) -> None:
    head = _filled(path)
    _, before = _seal(path, head)
    with Journal(path) as journal:
        journal.append(head, [look(7, "nginx", "httpd", until=8)])
        assert len(journal.log(head).entries) == len(ENTRIES)
    assert _seal(path, head) == (True, before)


def test_what_is_filed_later_but_happened_earlier_is_sealed_in_the_order_of_filing(path: Path) -> None:
    head = _filled(path)
    with Journal(path) as journal:
        mark = journal.filed()
        journal.append(head, [look(9)])
        journal.append(head, [pull(8, "httpd"), pull(2)], after=mark)
        assert [entry.at for entry in journal.log(head).entries][-2:] == [8, 9]
    assert _seal(path, head)[0]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE entry SET body = CAST(replace(body, 'sha256:1', 'sha256:2') AS BLOB)",
        "UPDATE entry SET body = CAST(replace(body, '\"at\":4', '\"at\":1') AS BLOB)",
        "DELETE FROM entry WHERE number = 4",
        "DELETE FROM entry WHERE number = 5",
        "UPDATE entry SET number = number + 100 WHERE number = 2",
        "INSERT INTO entry SELECT attempt, number + 5, era, time, NULL, body FROM entry WHERE number = 4",
        "UPDATE attempt SET seed = 'another'",
        "UPDATE attempt SET began = 0",
        "UPDATE attempt SET recovered = 1",
        "UPDATE attempt SET unsealed = 5",
    ],
)
@pytest.mark.parametrize("goes_on", [False, True])
def test_an_edit_shows_also_if_the_attempt_goes_on(path: Path, edit: str, *, goes_on: bool) -> None:
    _filled(path)
    sql(path, edit)
    with Journal(path) as journal:
        (head,) = journal.attempts(LAB)
        if goes_on:
            journal.append(head, [look(20)])
    assert not _seal(path, head)[0]


def _begun(path: Path, count: int) -> None:
    """So many more attempts, the last of which has nothing in it."""
    with Journal(path) as journal:
        for number in range(count):
            head = journal.begin(LAB, engine="engine", began=10 + number)
            if number < count - 1:
                journal.append(head, [look(20 + number)])


def _fit(path: Path) -> list[bool]:
    with Journal(path) as journal:
        heads = journal.attempts(LAB)
    return [_seal(path, head)[0] for head in heads]


ENTRIES_OF, ATTEMPT = "DELETE FROM entry WHERE attempt = {}", "DELETE FROM attempt WHERE number = {}"


@pytest.mark.parametrize("goes_on", ["", "looks", "begins"])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_that_an_attempt_was_removed_shows(path: Path, number: int, goes_on: str) -> None:
    _filled(path)
    _begun(path, 3)
    assert _fit(path) == [True] * 4
    sql(path, ENTRIES_OF.format(number), ATTEMPT.format(number))
    if goes_on == "looks":
        with Journal(path) as journal:
            head = journal.current(LAB)
            assert head
            journal.append(head, [look(30)])
    if goes_on == "begins":
        _begun(path, 1)
    fit = _fit(path)
    assert fit == [*([True] * (len(fit) - 1)), False]


def test_attempts_that_are_older_than_their_chain_are_taken_as_they_are(path: Path) -> None:
    _filled(path)
    _begun(path, 2)
    sql(path, "ALTER TABLE attempt DROP COLUMN begun", "PRAGMA user_version = 5")
    assert _fit(path) == [True] * 3
    _begun(path, 1)
    assert _fit(path) == [True] * 4
    sql(path, ATTEMPT.format(4))
    assert _fit(path) == [True, True, False]


def test_what_is_older_than_seals_is_not_sealed(path: Path) -> None:
    head = _filled(path)
    sql(path, *(f"ALTER TABLE attempt DROP COLUMN {name}" for name in COLUMNS), "PRAGMA user_version = 4")
    assert _seal(path, head) == (True, Seal())
    with Journal(path) as journal:
        journal.append(head, [look(9)])
    is_whole, seal = _seal(path, head)
    assert (is_whole, seal.unsealed) == (True, len(ENTRIES))


def test_what_was_recovered_says_so(path: Path) -> None:
    head = _filled(path)
    data = bytearray(path.read_bytes())
    data[100:200] = bytes(100)
    path.write_bytes(data)
    assert _seal(path, head) == (True, Seal(recovered=True))
    with Journal(path) as journal:
        journal.append(head, [look(9)])
    is_whole, seal = _seal(path, head)
    assert (is_whole, seal.unsealed, seal.recovered) == (True, len(ENTRIES), True)
