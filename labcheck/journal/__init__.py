"""The log of every attempt, in SQLite: what recorder, commands and notebooks write and read at the same time.

Whoever looks, the log is one: what another process filed meanwhile is read with the next entries. Times are the
engine's and come with the entries; the journal asks nobody, and never throws anything away. Writers wait for each
other, so whoever writes only writes: a log, which may be long, is read before or after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import msgspec

from labcheck.errors import DamagedJournalError, JournalError
from labcheck.journal import entries as filing
from labcheck.journal.database import Database
from labcheck.journal.entries import START, Place
from labcheck.journal.files import File, identity, locked
from labcheck.journal.trouble import Damaged, checked
from labcheck.log import Entry, Happened, Head, Log, Look
from labcheck.wait import wait_until

SCHEMA = 3
STANDING = """CREATE TABLE standing (
    attempt INTEGER PRIMARY KEY REFERENCES attempt, rules TEXT NOT NULL, place BLOB NOT NULL, body BLOB NOT NULL)"""
TABLES = (
    """CREATE TABLE attempt (
        id INTEGER PRIMARY KEY, lab TEXT NOT NULL, number INTEGER NOT NULL, engine TEXT NOT NULL,
        began INTEGER NOT NULL, touched INTEGER NOT NULL, cursor TEXT, UNIQUE (lab, number))""",
    *filing.TABLES,
    STANDING,
)
EARLIER = {1: (STANDING,), 2: ()}
"""What makes an earlier journal this one. Entries stay as they are: where one has no causes, it is read as evidence of
schema 1 is (:mod:`labcheck.evidence`). The number says so to an earlier labcheck, which reads no causes."""
HEADS = "SELECT lab, number, engine, began FROM attempt"
POLL_SECONDS = 0.01


P = ParamSpec("P")
T = TypeVar("T")


def _mended(method: Callable[Concatenate[Journal, P], T]) -> Callable[Concatenate[Journal, P], T]:
    """The method; where it finds the journal damaged, once more with what of it is whole."""

    @wraps(method)
    def again(journal: Journal, /, *arguments: P.args, **options: P.kwargs) -> T:
        try:
            return method(journal, *arguments, **options)
        except DamagedJournalError as damage:
            journal.mend(damage)
            return method(journal, *arguments, **options)

    return again


class Journal:
    """The journal in this file, which is created if it is not there. One for each thread, to be closed after use."""

    def __init__(self, path: Path) -> None:
        self._documents: filing.Documents = {}
        found = identity(path)
        try:
            self._database = Database(path, TABLES, SCHEMA, EARLIER)
        except DamagedJournalError as damage:
            _salvage(path, found, damage)
            self._database = Database(path, TABLES, SCHEMA, EARLIER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    @property
    def file(self) -> File | None:
        """Which file this is, as the machine knows it: another one after the journal was made anew or replaced."""
        return self._database.file

    def mend(self, damage: DamagedJournalError) -> None:
        """Go on with what is whole of it; the damaged file is kept, and somebody is told."""
        _salvage(self._database.path, self._database.file, damage)
        self._database.reopen()

    @_mended
    def begin(self, lab: str, *, engine: str, began: int) -> Head:
        """A new attempt at the lab; the first has number 1."""
        with self._database.transaction(write=True) as connection:
            return _begin(connection, lab, engine, began)

    @_mended
    def join(self, lab: str, *, engine: str, began: int) -> Head:
        """The current attempt on this engine, begun now if there is none; all who join at once get the same."""
        if (head := self.current(lab, engine)) is not None:
            return head
        with self._database.transaction(write=True) as connection:
            return _current(connection, lab, engine) or _begin(connection, lab, engine, began)

    @_mended
    def current(self, lab: str, engine: str = "") -> Head | None:
        """The newest attempt at the lab on this engine (on any, if none is named), or ``None``."""
        with self._database.transaction(write=False) as connection:
            return _current(connection, lab, engine)

    @_mended
    def attempts(self, lab: str) -> tuple[Head, ...]:
        """All attempts at the lab, the first one first."""
        with self._database.transaction(write=False) as connection:
            rows = connection.execute(f"{HEADS} WHERE lab = ? ORDER BY number", (lab,)).fetchall()
            return tuple(_head(row) for row in rows)

    @_mended
    def filed(self) -> int:
        """How far the filing has come: whoever looks now says later that the look came after this."""
        with self._database.transaction(write=False) as connection:
            return filing.filed(connection)

    @_mended
    def append(
        self, head: Head, entries: Sequence[Entry], cursor: str | None = None, *, after: int | None = None
    ) -> None:
        """File these entries in this order, after all that had been filed up to ``after`` (by default, up to now).

        An event that was filed before is not filed again. A look that saw the same as the entry before it, if that is
        a look, only extends it. The cursor replaces the last one; ``None`` keeps it.

        What somebody typed is on the disk afterwards; what was seen can be seen again after a power cut.
        """
        lasting = not all(isinstance(entry, Look | Happened) for entry in entries)
        with self._database.transaction(write=True, lasting=lasting) as connection:
            attempt = self._attempt(connection, head)
            if filing.file(connection, attempt, entries, after):
                newest = "UPDATE attempt SET touched = (SELECT max(touched) + 1 FROM attempt) WHERE id = ?"
                connection.execute(newest, (attempt,))
            if cursor is not None:
                connection.execute("UPDATE attempt SET cursor = ? WHERE id = ?", (cursor, attempt))

    def log(self, head: Head) -> Log:
        """The whole log of the attempt."""
        entries = tuple(entry for _, entry in self.read(head) or ())
        return Log(head.lab, head.began, entries, head.engine, head.attempt)

    @_mended
    def read(self, head: Head, place: Place = START) -> list[tuple[Place, Entry]] | None:
        """The entries after this place, in order, each with its own place.

        ``None`` if one was filed before that place since it was read: then what was read is not the beginning.
        """
        with self._database.transaction(write=False) as connection:
            return filing.read(connection, self._attempt(connection, head), place, self._documents)

    @_mended
    def keep(self, head: Head, rules: str, place: Place, standing: bytes) -> None:
        """Keep how the attempt stands at this place by these rules: a cache, which may be thrown away."""
        with self._database.transaction(write=True, lasting=False) as connection:
            row = (self._attempt(connection, head), rules, msgspec.json.encode(place), standing)
            connection.execute("INSERT OR REPLACE INTO standing (attempt, rules, place, body) VALUES (?, ?, ?, ?)", row)

    @_mended
    def kept(self, head: Head, rules: str) -> tuple[Place, bytes] | None:
        """The place and the standing that were kept last, if it was by these rules."""
        with self._database.transaction(write=False) as connection:
            row = connection.execute(
                "SELECT place, body FROM standing WHERE attempt = ? AND rules = ?",
                (self._attempt(connection, head), rules),
            ).fetchone()
        try:
            return (msgspec.json.decode(row[0], type=Place), checked(row[1], bytes)) if row else None
        except (msgspec.MsgspecError, TypeError, Damaged):
            return None  # it is only a cache

    @_mended
    def cursor(self, head: Head) -> str | None:
        """The cursor that was last appended to this attempt, or ``None``."""
        with self._database.transaction(write=False) as connection:
            attempt = self._attempt(connection, head)
            (cursor,) = connection.execute("SELECT cursor FROM attempt WHERE id = ?", (attempt,)).fetchone()
            return None if cursor is None else str(cursor)

    @_mended
    def labs(self) -> tuple[str, ...]:
        """The labs that have attempts; first the one where something new was begun or filed last."""
        with self._database.transaction(write=False) as connection:
            rows = connection.execute("SELECT lab FROM attempt GROUP BY lab ORDER BY max(touched) DESC")
            return tuple(str(lab) for (lab,) in rows)

    @_mended
    def wait(self, head: Head, filed: int, seconds: float = 0) -> bool:
        """Whether there is, within the time, another number of entries, a newer attempt, or another journal."""
        return wait_until(lambda: self._has_more(head, filed), seconds, every=POLL_SECONDS)

    @_mended
    def recorder(self, head: Head) -> AbstractContextManager[bool]:
        """Whether this is now the attempt's recorder: there is one, and everyone else follows the journal.

        The kernel frees the place when the process that has it ends, however it ends. An attempt that is no longer
        there, because the journal was replaced, has no recorder.
        """
        with self._database.transaction(write=False) as connection:
            attempt = _row(connection, head)
        if attempt is None:
            return nullcontext(enter_result=False)
        path = self._database.path
        return locked(path.with_name(f"{path.name}-recorder-{attempt}"))

    def _attempt(self, connection: sqlite3.Connection, head: Head) -> int:
        """The attempt's row."""
        row = _row(connection, head)
        if row is None:
            raise JournalError(
                f"The journal {self._database.path} knows no attempt {head.attempt} at the lab {head.lab}.",
                "If it was moved away or replaced, begin a new attempt.",
            )
        return row

    def _has_more(self, head: Head, filed: int) -> bool:
        """Another number of entries is more than these: in a journal that was replaced it may be smaller."""
        with self._database.transaction(write=False) as connection:
            (more,) = connection.execute(
                """SELECT ?3 IS NOT (SELECT coalesce(max(entry.number), 0) FROM attempt
                        LEFT JOIN entry ON entry.attempt = attempt.id
                        WHERE lab = ?1 AND attempt.number = ?2 GROUP BY attempt.id)
                    OR EXISTS (SELECT 1 FROM attempt WHERE lab = ?1 AND number > ?2 AND engine = ?4)""",
                (head.lab, head.attempt, filed, head.engine),
            ).fetchone()
            return bool(more)


def _salvage(path: Path, found: File | None, damage: DamagedJournalError) -> None:
    from labcheck.journal.salvage import salvage  # noqa: PLC0415 - a sound journal needs none of it

    salvage(path, found, damage, TABLES, SCHEMA)


def _row(connection: sqlite3.Connection, head: Head) -> int | None:
    where = (head.lab, head.attempt)
    row = connection.execute("SELECT id FROM attempt WHERE lab = ? AND number = ?", where).fetchone()
    return checked(row[0], int) if row else None


def _begin(connection: sqlite3.Connection, lab: str, engine: str, began: int) -> Head:
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE lab = ?", (lab,)).fetchone()
    connection.execute(
        """INSERT INTO attempt (lab, number, engine, began, touched)
            VALUES (?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM attempt))""",
        (lab, number, engine, began),
    )
    return Head(lab, number, engine, began)


def _current(connection: sqlite3.Connection, lab: str, engine: str) -> Head | None:
    where = "WHERE lab = ?1 AND (engine = ?2 OR ?2 = '') ORDER BY number DESC LIMIT 1"
    row = connection.execute(f"{HEADS} {where}", (lab, engine)).fetchone()
    return None if row is None else _head(row)


def _head(row: object) -> Head:
    return Head(*checked(row, tuple[str, int, str, int]))


__all__ = ["START", "File", "Journal", "Place"]
