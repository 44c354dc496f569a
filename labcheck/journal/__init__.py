"""The log of every attempt, in SQLite: recorder, commands and notebooks write and read it at the same time.

There is one log for everybody: what another process has filed meanwhile is read with the next entries. Times are the
engine's and come with the entries; the journal has no clock, and never discards anything. Writers wait for each other,
so a write transaction only writes: a log, which may be long, is read before or after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import msgspec

from labcheck.chain import Seal
from labcheck.errors import DamagedJournalError, JournalError
from labcheck.journal import attempts
from labcheck.journal import entries as filing
from labcheck.journal.database import Database
from labcheck.journal.entries import START, Filing, Place
from labcheck.journal.files import File, identity, locked
from labcheck.journal.trouble import Damaged, checked
from labcheck.log import Entry, Happened, Head, Log, Look
from labcheck.ready import ready
from labcheck.wait import wait_until

SCHEMA = 6
STANDING = """CREATE TABLE standing (
    attempt INTEGER PRIMARY KEY REFERENCES attempt, rules TEXT NOT NULL, place BLOB NOT NULL, body BLOB NOT NULL)"""
TABLES = (attempts.TABLE, *filing.TABLES, STANDING)
EARLIER = {1: (STANDING, *attempts.SEEDS), 2: attempts.SEEDS, 3: attempts.SEEDS, 4: attempts.SEALS, 5: attempts.CHAIN}
"""How to migrate an earlier journal. Entries stay as they are: one without causes is read like evidence of schema 1
(:mod:`labcheck.evidence`). The number keeps out an earlier labcheck, which cannot read causes, or would not seal."""
POLL_SECONDS = 0.01
PATIENCE = 5.0
"""For how many seconds one removal waits for another."""

P = ParamSpec("P")
T = TypeVar("T")


def _mended(method: Callable[Concatenate[Journal, P], T]) -> Callable[Concatenate[Journal, P], T]:
    """The method, repeated once on the recovered journal if it finds the journal damaged."""

    @wraps(method)
    def again(journal: Journal, /, *arguments: P.args, **options: P.kwargs) -> T:
        try:
            return method(journal, *arguments, **options)
        except DamagedJournalError as damage:
            journal.mend(damage)
            return method(journal, *arguments, **options)

    return again


class Journal:
    """The journal in this file, which is created if it does not exist. Each thread needs its own, and must close it."""

    def __init__(self, path: Path) -> None:
        self._known = filing.Known({}, {}, {})
        self._rows: dict[tuple[File | None, Head], int] = {}  # the attempts' rows in each file stay what they are
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
        """The file's identity, which changes when the journal is recovered or replaced."""
        return self._database.file

    def mend(self, damage: DamagedJournalError) -> None:
        """Continue with what is intact; the damaged file is kept, and the user is told."""
        _salvage(self._database.path, self._database.file, damage)
        self._database.reopen()

    @_mended
    def begin(self, lab: str, *, engine: str, began: int) -> Head:
        """Start a new attempt at the lab; the first has number 1."""
        with self._database.transaction(write=True) as connection:
            return attempts.begin(connection, lab, engine, began)

    def join(self, lab: str, *, engine: str, began: int) -> Head:
        """The current attempt on this engine, started now if there is none; all who join at once get the same one."""
        return self.join_all([lab], engine=engine, began=began)[0]

    @_mended
    def join_all(self, labs: Sequence[str], *, engine: str, began: int) -> list[Head]:
        """The same for several labs at once."""
        with self._database.transaction(write=False) as connection:
            heads = [attempts.current(connection, lab, engine) for lab in labs]
        if None not in heads:
            return [head for head in heads if head is not None]
        with self._database.transaction(write=True) as connection:
            return [
                attempts.current(connection, lab, engine) or attempts.begin(connection, lab, engine, began)
                for lab in labs
            ]

    @_mended
    def current(self, lab: str, engine: str = "") -> Head | None:
        """The newest attempt at the lab on this engine (on any engine, if none is given), or ``None``."""
        with self._database.transaction(write=False) as connection:
            return attempts.current(connection, lab, engine)

    @_mended
    def attempts(self, lab: str) -> tuple[Head, ...]:
        """All attempts at the lab, the oldest first."""
        with self._database.transaction(write=False) as connection:
            return attempts.heads(connection, lab)

    @_mended
    def filed(self) -> int:
        """A marker for everything filed so far: a look that starts now is later filed as coming after it."""
        with self._database.transaction(write=False) as connection:
            return filing.filed(connection)

    def append(
        self, head: Head, entries: Sequence[Entry], cursor: str | None = None, *, after: int | None = None
    ) -> None:
        """File these entries in this order, after everything filed up to ``after`` (by default, up to now).

        An event that was filed before is not filed again. If the entry before is a look that saw the same, the new look
        only extends it. The cursor replaces the previous one; ``None`` keeps it.

        What somebody typed is on disk when this returns; looks need not be, since they can be repeated after a power
        failure.
        """
        self.append_all([Filing(head, entries, cursor)], after=after)

    @_mended
    def append_all(self, filings: Sequence[Filing], *, after: int | None = None) -> None:
        """The same for several attempts in one transaction: all of it is filed, or nothing."""
        lasting = not all(isinstance(entry, Look | Happened) for filed in filings for entry in filed.entries)
        kept = filing.Kept(self._known, {}, {})
        with self._database.transaction(write=True, lasting=lasting) as connection:
            for head, entries, cursor in filings:
                attempt = self._attempt(connection, head)
                new, last = filing.file(connection, attempt, entries, after, kept)
                attempts.extend(connection, attempt, head, new, last - len(new), cursor=cursor)

    def log(self, head: Head) -> Log:
        """The whole log of the attempt."""
        entries = tuple(entry for _, entry in self.read(head) or ())
        return Log(head.lab, head.began, entries, head.engine, head.attempt, seed=head.seed)

    @_mended
    def as_filed(self, head: Head) -> tuple[list[tuple[Place, Entry]], Seal]:
        """The whole log of the attempt, each entry with its place, and what it is sealed with."""
        with self._database.transaction(write=False) as connection:
            attempt = self._attempt(connection, head)
            return filing.read(connection, attempt, START, self._known) or [], attempts.handed(connection, attempt)

    def read(self, head: Head, place: Place = START) -> list[tuple[Place, Entry]] | None:
        """The entries after this place, in order, each with its own place.

        ``None`` if an entry has since been filed before that place: then everything must be read again.
        """
        return self.read_all([(head, place)])[0]

    @_mended
    def read_all(self, places: Sequence[tuple[Head, Place]]) -> list[list[tuple[Place, Entry]] | None]:
        """The same for several attempts at one moment."""
        with self._database.transaction(write=False) as connection:
            return [
                filing.read(connection, self._attempt(connection, head), place, self._known) for head, place in places
            ]

    @_mended
    def keep(self, head: Head, rules: str, place: Place, standing: bytes) -> None:
        """Cache how the attempt stands at this place under these rules."""
        with self._database.transaction(write=True, lasting=False) as connection:
            row = (self._attempt(connection, head), rules, msgspec.json.encode(place), standing)
            connection.execute("INSERT OR REPLACE INTO standing (attempt, rules, place, body) VALUES (?, ?, ?, ?)", row)

    @_mended
    def kept(self, head: Head, rules: str) -> tuple[Place, bytes] | None:
        """The place and the standing that were cached last, if under these rules."""
        with self._database.transaction(write=False) as connection:
            row = connection.execute(
                "SELECT place, body FROM standing WHERE attempt = ? AND rules = ?",
                (self._attempt(connection, head), rules),
            ).fetchone()
        try:
            return (msgspec.json.decode(row[0], type=ready(Place)), checked(row[1], bytes)) if row else None
        except (msgspec.MsgspecError, TypeError, Damaged):
            return None  # it is only a cache

    def cursor(self, head: Head) -> str | None:
        """The cursor that was last appended to this attempt, or ``None``."""
        return self.cursors([head])[0]

    @_mended
    def cursors(self, heads: Sequence[Head]) -> list[str | None]:
        """The same for several attempts at once."""
        with self._database.transaction(write=False) as connection:
            return [self._cursor(connection, head) for head in heads]

    @_mended
    def labs(self) -> tuple[str, ...]:
        """The labs that have attempts, the one with the latest activity first."""
        with self._database.transaction(write=False) as connection:
            rows = connection.execute("SELECT lab FROM attempt GROUP BY lab ORDER BY max(touched) DESC")
            return tuple(str(lab) for (lab,) in rows)

    @_mended
    def wait(self, head: Head, filed: int, seconds: float = 0) -> bool:
        """Wait for a different number of entries, a newer attempt, or another journal; whether one came in time."""
        return wait_until(lambda: self._has_more(head, filed), seconds, every=POLL_SECONDS)

    @_mended
    def recorder(self, head: Head) -> AbstractContextManager[bool]:
        """Whether this is now the attempt's recorder: there is only one, and everyone else follows the journal.

        The kernel releases the place when the process that has it ends, however it ends. An attempt that no longer
        exists, because the journal was replaced, has no recorder.
        """
        with self._database.transaction(write=False) as connection:
            attempt = attempts.row(connection, head)
        if attempt is None:
            return nullcontext(enter_result=False)
        path = self._database.path
        return locked(path.with_name(f"{path.name}-recorder-{attempt}"))

    @contextmanager
    def removing(self) -> Iterator[None]:
        """While something is removed for the learner, nobody's look is filed: it would credit what they did not do."""
        with locked(self._removing, within=PATIENCE):
            yield

    @property
    def is_removing(self) -> bool:
        """Whether something is being removed now, by whichever process."""
        if not self._removing.exists():
            return False
        with locked(self._removing, shared=True) as held:
            return not held

    @property
    def _removing(self) -> Path:
        path = self._database.path
        return path.with_name(f"{path.name}-removing")

    def _cursor(self, connection: sqlite3.Connection, head: Head) -> str | None:
        attempt = self._attempt(connection, head)
        (cursor,) = connection.execute("SELECT cursor FROM attempt WHERE id = ?", (attempt,)).fetchone()
        return None if cursor is None else str(cursor)

    def _attempt(self, connection: sqlite3.Connection, head: Head) -> int:
        """The attempt's row."""
        known = (self._database.file, head)
        row = self._rows.get(known) or attempts.row(connection, head)
        if row is None:
            raise JournalError(
                f"The journal {self._database.path} has no attempt {head.attempt} at the lab {head.lab}.",
                "If it was moved away or replaced, start a new attempt.",
            )
        self._rows[known] = row
        return row

    def _has_more(self, head: Head, filed: int) -> bool:
        """It checks whether the number of entries differs, because in a journal that was replaced it may be smaller."""
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
    from labcheck.journal.salvage import salvage  # noqa: PLC0415 - needed only for a damaged journal

    salvage(path, found, damage, TABLES, SCHEMA)


__all__ = ["START", "File", "Filing", "Journal", "Place"]
