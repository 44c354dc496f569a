"""The entries of one attempt: how they are filed, and read back in order.

They stand in the order of the engine's time, whoever filed first: of two looks at once, the one that ended later is
the newer. A clock that was set back begins a new *era*, after all that was filed before, so that what is seen now
never counts as old.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from labcheck.document import Document
from labcheck.evidence import Written, WrittenEvent, WrittenLook, canonical, restored, written
from labcheck.journal.trouble import Damaged, checked
from labcheck.log import Entry, Look
from labcheck.oci import digest_of

TABLES = (
    "CREATE TABLE document (digest TEXT PRIMARY KEY, body BLOB NOT NULL)",
    """CREATE TABLE entry (
        attempt INTEGER NOT NULL REFERENCES attempt, number INTEGER NOT NULL, era INTEGER NOT NULL,
        time INTEGER NOT NULL, event TEXT REFERENCES document, body BLOB NOT NULL,
        PRIMARY KEY (attempt, number), UNIQUE (attempt, event))""",
    "CREATE INDEX entry_in_order ON entry (attempt, era, time, number)",
)
"""An entry's number counts an attempt's entries as they were filed; an event is filed once an attempt."""

ENTRY: msgspec.json.Decoder[Written] = msgspec.json.Decoder(Written)
DOCUMENT = msgspec.json.Decoder(dict[str, object])

SET_BACK = 60_000_000_000
"""A clock that differs by less, in nanoseconds, was not set back: two processes were writing at once."""


def read(connection: sqlite3.Connection, attempt: int) -> tuple[Entry, ...]:
    """The entries in order, each document read once."""
    documents: dict[str, dict[str, object]] = {}

    def find(digest: str) -> dict[str, object]:
        if digest not in documents:
            documents[digest] = _document(connection, digest)
        return documents[digest]

    bodies = "SELECT body FROM entry WHERE attempt = ? ORDER BY era, time, number"
    return tuple(restored(_parsed(body), find) for (body,) in connection.execute(bodies, (attempt,)).fetchall())


def file(connection: sqlite3.Connection, attempt: int, entries: Sequence[Entry]) -> bool:
    """File what is new of these entries, and say whether anything was."""
    era = _era(connection, attempt, max(map(_time, entries), default=0))
    return sum(_file(connection, attempt, era, entry) for entry in entries) > 0


def _file(connection: sqlite3.Connection, attempt: int, era: int, entry: Entry) -> bool:
    def keep(document: Document) -> str:
        body = canonical(document)
        digest = digest_of(body)
        connection.execute("INSERT OR IGNORE INTO document (digest, body) VALUES (?, ?)", (digest, body))
        return digest

    new = written(entry, keep)
    if isinstance(new, WrittenLook) and _extended(connection, attempt, era, new):
        return False
    event = new.document if isinstance(new, WrittenEvent) else None
    inserted = connection.execute(
        """INSERT INTO entry (attempt, number, era, time, event, body)
            SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM entry WHERE attempt = ?1
            ON CONFLICT (attempt, event) DO NOTHING""",
        (attempt, era, _time(entry), event, canonical(new)),
    )
    return inserted.rowcount > 0


def _extended(connection: sqlite3.Connection, attempt: int, era: int, look: WrittenLook) -> bool:
    """Whether the entry before it is a look that saw the same; that one now lasts until this one."""
    row = connection.execute(
        """SELECT number, body FROM entry WHERE attempt = ? AND (era, time) <= (?, ?)
            ORDER BY era DESC, time DESC, number DESC LIMIT 1""",
        (attempt, era, look.until),
    ).fetchone()
    last = _parsed(row[1]) if row else None
    if not isinstance(last, WrittenLook) or last.answers != look.answers:
        return False
    longer = msgspec.structs.replace(last, until=max(last.until, look.until))
    connection.execute(
        "UPDATE entry SET body = ? WHERE attempt = ? AND number = ?", (canonical(longer), attempt, row[0])
    )
    return True


def _era(connection: sqlite3.Connection, attempt: int, time: int) -> int:
    row = connection.execute(
        "SELECT era, time FROM entry WHERE attempt = ? ORDER BY era DESC, time DESC LIMIT 1", (attempt,)
    ).fetchone()
    if row is None:
        return 0
    era, newest = checked(row, tuple[int, int])
    return era + (time < newest - SET_BACK)


def _time(entry: Entry) -> int:
    return entry.until if isinstance(entry, Look) else entry.at


def _document(connection: sqlite3.Connection, digest: str) -> dict[str, object]:
    row = connection.execute("SELECT body FROM document WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        raise Damaged(f"the document {digest} is missing")
    body = checked(row[0], bytes)
    if digest_of(body) != digest:
        raise Damaged(f"the document {digest} has changed")
    return DOCUMENT.decode(body)


def _parsed(body: object) -> Written:
    try:
        return ENTRY.decode(checked(body, bytes))
    except ValueError as error:
        raise Damaged(f"an entry has changed ({error})") from error
