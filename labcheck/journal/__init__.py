"""The log of every attempt, in SQLite: what recorder, commands and notebooks write and read at the same time.

Whoever looks, the log is one: what another process filed meanwhile comes back from each append. Times are the
engine's and come with the entries; the journal asks nobody, and never throws anything away. Writers wait for each
other, so whoever writes only writes: a log, which may be long, is read before or after.
"""

from __future__ import annotations

import sqlite3
import time
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
from labcheck.journal.files import identity, locked
from labcheck.journal.salvage import salvage
from labcheck.journal.trouble import checked
from labcheck.log import Entry, Log

SCHEMA = 1
TABLES = (
    """CREATE TABLE attempt (
        id INTEGER PRIMARY KEY, lab TEXT NOT NULL, number INTEGER NOT NULL, engine TEXT NOT NULL,
        began INTEGER NOT NULL, touched INTEGER NOT NULL, cursor TEXT, UNIQUE (lab, number))""",
    *filing.TABLES,
)
ATTEMPT = "SELECT id, lab, number, engine, began FROM attempt WHERE lab = ? AND number = ?"
POLL_SECONDS = 0.05


class _Attempt(msgspec.Struct, array_like=True):
    id: int
    lab: str
    number: int
    engine: str
    began: int


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
        found = identity(path)
        try:
            self._database = Database(path, TABLES, SCHEMA)
        except DamagedJournalError as damage:
            salvage(path, found, damage, TABLES, SCHEMA)
            self._database = Database(path, TABLES, SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def mend(self, damage: DamagedJournalError) -> None:
        """Go on with what is whole of it; the damaged file is kept, and somebody is told."""
        salvage(self._database.path, self._database.file, damage, TABLES, SCHEMA)
        self._database.reopen()

    @_mended
    def begin(self, lab: str, *, engine: str, began: int) -> Log:
        """A new attempt at the lab; the first has number 1."""
        with self._database.transaction(write=True) as connection:
            return _begin(connection, lab, engine, began)

    @_mended
    def join(self, lab: str, *, engine: str, began: int) -> Log:
        """The current attempt on this engine, begun now if there is none; all who join at once get the same."""
        if (log := self.current(lab, engine)) is not None:
            return log
        with self._database.transaction(write=True) as connection:
            return _current(connection, lab, engine) or _begin(connection, lab, engine, began)

    @_mended
    def current(self, lab: str, engine: str = "") -> Log | None:
        """The newest attempt at the lab on this engine (on any, if none is named), or ``None``."""
        with self._database.transaction(write=False) as connection:
            return _current(connection, lab, engine)

    @_mended
    def append(self, log: Log, entries: Sequence[Entry], cursor: str | None = None) -> Log:
        """The log with these entries, and with what others filed meanwhile, in order.

        An event that was filed before is not filed again. A look that saw the same as the entry before it, if that is
        a look, only extends it. The cursor replaces the last one; ``None`` keeps it.
        """
        with self._database.transaction(write=True) as connection:
            attempt = self._attempt(connection, log)
            if filing.file(connection, attempt.id, entries):
                newest = "UPDATE attempt SET touched = (SELECT max(touched) + 1 FROM attempt) WHERE id = ?"
                connection.execute(newest, (attempt.id,))
            if cursor is not None:
                connection.execute("UPDATE attempt SET cursor = ? WHERE id = ?", (cursor, attempt.id))
        with self._database.transaction(write=False) as connection:
            return _log(connection, attempt)

    @_mended
    def cursor(self, log: Log) -> str | None:
        """The cursor that was last appended to this attempt, or ``None``."""
        with self._database.transaction(write=False) as connection:
            attempt = self._attempt(connection, log)
            (cursor,) = connection.execute("SELECT cursor FROM attempt WHERE id = ?", (attempt.id,)).fetchone()
            return None if cursor is None else str(cursor)

    @_mended
    def labs(self) -> tuple[str, ...]:
        """The labs that have attempts; first the one where something new was begun or filed last."""
        with self._database.transaction(write=False) as connection:
            rows = connection.execute("SELECT lab FROM attempt GROUP BY lab ORDER BY max(touched) DESC")
            return tuple(str(lab) for (lab,) in rows)

    @_mended
    def wait(self, log: Log, seconds: float = 0) -> bool:
        """Whether there is, within the time, more than this log: a further entry, a newer attempt, another journal."""
        deadline = time.monotonic() + seconds
        while not self._has_more(log):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(POLL_SECONDS, left))
        return True

    @_mended
    def recorder(self, log: Log) -> AbstractContextManager[bool]:
        """Whether this is now the attempt's recorder: there is one, and everyone else follows the journal.

        The kernel frees the place when the process that has it ends, however it ends. An attempt that is no longer
        there, because the journal was replaced, has no recorder.
        """
        with self._database.transaction(write=False) as connection:
            row = connection.execute(ATTEMPT, (log.lab, log.attempt)).fetchone()
        if row is None:
            return nullcontext(enter_result=False)
        path = self._database.path
        return locked(path.with_name(f"{path.name}-recorder-{checked(row, _Attempt).id}"))

    def _attempt(self, connection: sqlite3.Connection, log: Log) -> _Attempt:
        row = connection.execute(ATTEMPT, (log.lab, log.attempt)).fetchone()
        if row is None:
            raise JournalError(
                f"The journal {self._database.path} knows no attempt {log.attempt} at the lab {log.lab}.",
                "If it was moved away or replaced, begin a new attempt.",
            )
        return checked(row, _Attempt)

    def _has_more(self, log: Log) -> bool:
        """Another number of entries is more than these: in a journal that was replaced it may be smaller."""
        with self._database.transaction(write=False) as connection:
            (more,) = connection.execute(
                """SELECT ?3 IS NOT (SELECT count(entry.number) FROM attempt
                        LEFT JOIN entry ON entry.attempt = attempt.id
                        WHERE lab = ?1 AND attempt.number = ?2 GROUP BY attempt.id)
                    OR EXISTS (SELECT 1 FROM attempt WHERE lab = ?1 AND number > ?2 AND engine = ?4)""",
                (log.lab, log.attempt, len(log.entries), log.engine),
            ).fetchone()
            return bool(more)


def _begin(connection: sqlite3.Connection, lab: str, engine: str, began: int) -> Log:
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE lab = ?", (lab,)).fetchone()
    connection.execute(
        """INSERT INTO attempt (lab, number, engine, began, touched)
            VALUES (?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM attempt))""",
        (lab, number, engine, began),
    )
    return Log(lab, began, engine=engine, attempt=number)


def _current(connection: sqlite3.Connection, lab: str, engine: str) -> Log | None:
    row = connection.execute(
        """SELECT id, lab, number, engine, began FROM attempt
            WHERE lab = ?1 AND (engine = ?2 OR ?2 = '') ORDER BY number DESC LIMIT 1""",
        (lab, engine),
    ).fetchone()
    return None if row is None else _log(connection, checked(row, _Attempt))


def _log(connection: sqlite3.Connection, attempt: _Attempt) -> Log:
    entries = filing.read(connection, attempt.id)
    return Log(attempt.lab, attempt.began, entries, attempt.engine, attempt.number)
