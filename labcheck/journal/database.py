"""A SQLite file that several processes read and write at once.

Every write is one transaction that waits for the others; a process that dies loses only its current one. A file that is
not a journal, or that a newer labcheck wrote, is refused and left unchanged.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from labcheck.errors import FullDiskError, JournalError
from labcheck.journal.database_pages import SIZE
from labcheck.journal.files import File, close_to_others, create, create_folder, identity, is_kept, locked_folder
from labcheck.journal.notice import notice_once
from labcheck.journal.trouble import BUSY_SECONDS, Damaged, explained

APPLICATION = int.from_bytes(b"labc", "big")
"""In the file's header, so that another program's database is never taken for a journal."""


class Database:
    """One connection to the file, for one thread; a missing file is created with these tables.

    ``earlier`` has, for each earlier schema, the statements that migrate it.
    """

    def __init__(
        self, path: Path, tables: Sequence[str], schema: int, earlier: Mapping[int, Sequence[str]] | None = None
    ) -> None:
        self.path = path
        self._tables = tables
        self._schema = schema
        self._earlier = earlier or {}
        self._file: File | None = None
        self._full: FullDiskError | None = None
        self._open()

    @contextmanager
    def transaction(self, *, write: bool, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction: a writer waits until it is the only one, a reader sees a consistent snapshot.

        Unless ``lasting``, what is written survives every process, but the newest may be lost in a power failure: it
        does not wait for the disk.
        """
        with explained(self.path):
            if write:
                self._connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self._begin(write=write)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @property
    def file(self) -> File | None:
        """Which file this is connected to."""
        return self._file

    def reopen(self) -> None:
        """Connect to the file that is there now. The old one stays open meanwhile, so that the inodes differ."""
        with closing(self._connection):
            self._open()

    def close(self) -> None:
        """Close the connection."""
        with explained(self.path):
            self._connection.close()

    def _open(self) -> None:
        self._full = None
        try:
            self._connect()
        except FullDiskError as full:
            with explained(self.path):
                self._connection = self._read_only(full)
            self._full = full

    def _connect(self) -> None:
        with explained(self.path):
            create_folder(self.path)
            with locked_folder(self.path.parent, alone=False):
                self._file = identity(self.path)
                _refuse(self.path)
                create(self.path)
                self._file = identity(self.path)
                self._connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
                try:
                    self._prepare(self._tables, self._schema)
                    close_to_others(self.path)  # only now is it known to be a journal
                except BaseException:
                    self._connection.close()
                    raise

    def _read_only(self, full: FullDiskError) -> sqlite3.Connection:
        """A copy of the file in memory: SQLite cannot even read if there is no disk space for its log's index."""
        memory = sqlite3.connect(":memory:", isolation_level=None)
        try:
            if _size(self.path):
                with closing(sqlite3.connect(self.path, isolation_level=None)) as file:
                    file.execute("PRAGMA locking_mode = EXCLUSIVE")  # with an exclusive lock it needs no index file
                    file.backup(memory)
            found = _schema(memory)
            if found != self._schema:
                _created(memory, self._earlier[found] if found else self._tables, self._schema)
        except (sqlite3.Error, Damaged, KeyError):
            memory.close()
            raise full from None
        memory.execute("PRAGMA query_only = ON")
        return memory

    def _begin(self, *, write: bool) -> None:
        """Begin a transaction in the file that is there now: what is written to a deleted one would be lost."""
        if self._full is not None and write:
            self.reopen()
        if self._full is not None:
            if write:
                raise self._full
            self._connection.execute("BEGIN")
            return
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            except sqlite3.Error:
                if identity(self.path) == self._file:
                    raise
            else:
                if identity(self.path) == self._file:
                    return
                self._connection.execute("ROLLBACK")
            gone = self._file
            self.reopen()
            if not is_kept(self.path, gone):
                notice_once(
                    f"The journal {self.path} was deleted or replaced while it was in use: its contents no longer"
                    " count, and what follows is filed in the one that is there now."
                )

    def _prepare(self, tables: Sequence[str], schema: int) -> None:
        with explained(self.path), _one_moment(self._connection):
            found = _schema(self._connection)
        if not found:
            with explained(self.path):
                _read_while_written(self._connection)
            with self.transaction(write=True) as connection:
                found = _schema(connection) or _created(connection, tables, schema)
        if found in self._earlier:
            with self.transaction(write=True) as connection:
                found = _schema(connection)  # another process may have been quicker
                if found in self._earlier:
                    found = _created(connection, self._earlier[found], schema)
        if found != schema:
            raise JournalError(
                f"The journal {self.path} has schema {found}, but this labcheck knows only schema {schema}.",
                "Use the newer labcheck that wrote it, or set LABCHECK_HOME to another folder and start over there.",
            )


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Reads in this block are consistent, even if another process creates the journal meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _read_while_written(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log. Only this statement does not wait while another process does the same."""
    connection.execute(f"PRAGMA page_size = {SIZE}")
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(BUSY_SECONDS / 500)
        else:
            return


def _schema(connection: sqlite3.Connection) -> int:
    """The schema of the existing journal; 0 if the file is empty."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or schema or tables):
        raise Damaged("another program made this file")
    return int(schema)


def _created(connection: sqlite3.Connection, statements: Sequence[str], schema: int) -> int:
    for statement in statements:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {schema}")
    return schema


def _refuse(path: Path) -> None:
    """Refuse what is not a file, and what SQLite would destroy: a log, with the newest entries, whose database is gone.

    Raises :class:`JournalError` or :class:`Damaged`.
    """
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "a device or a pipe, not a file"
        raise JournalError(
            f"The journal cannot be at {path}: that is {what}.",
            "Set LABCHECK_JOURNAL to a file of your own, or unset it.",
        )
    log = path.with_name(f"{path.name}-wal")
    # The log is checked first: a process that is creating the journal writes the database before the log.
    if _size(log) and not _size(path):
        raise Damaged(f"it is empty, but what was written last is still in {log.name}")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
