"""The entries of one attempt: filing them, and reading them back in order.

What was filed before a look started stays before that look, whatever the engine's clock says: if it was set back, a new
*era* begins. What several processes filed meanwhile is ordered by the engine's time: of two simultaneous looks, the one
that ended later is the newer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

import msgspec

from labcheck.digest import digest_of
from labcheck.document import Document
from labcheck.engine import Event
from labcheck.evidence import Written, WrittenAnswer, WrittenEvent, WrittenLook, canonical, restored, written
from labcheck.journal.trouble import Damaged, checked
from labcheck.log import Entry, Head, Look
from labcheck.ready import ready

Key = TypeVar("Key")
Value = TypeVar("Value")

TABLES = (
    "CREATE TABLE document (digest TEXT PRIMARY KEY, body BLOB NOT NULL)",
    """CREATE TABLE entry (
        attempt INTEGER NOT NULL REFERENCES attempt, number INTEGER NOT NULL, era INTEGER NOT NULL,
        time INTEGER NOT NULL, event TEXT REFERENCES document, body BLOB NOT NULL,
        PRIMARY KEY (attempt, number), UNIQUE (attempt, event))""",
    "CREATE INDEX entry_in_order ON entry (attempt, era, time, number)",
)
"""An entry's number counts an attempt's entries in the order of filing; an event is filed once per attempt."""

EARLIEST = -(2**63)
SET_BACK = 1_000_000_000
"""Nanoseconds. An entry that is earlier by less was just filed out of order; if by more, the clock was set back."""


class Place(msgspec.Struct, frozen=True):
    """How far an attempt was read: the last entry in order, and the most recently filed one at that time."""

    era: int = 0
    time: int = EARLIEST
    number: int = 0
    filed: int = 0


START = Place()


class Filing(NamedTuple):
    """What is filed in one attempt: its entries in order, and the new cursor; ``None`` keeps the old one."""

    head: Head
    entries: Sequence[Entry]
    cursor: str | None = None


Documents: TypeAlias = dict[str, dict[str, object]]
"""Documents by digest: they can never change."""


class Known(NamedTuple):
    """What was filed or read before, in any attempt, and is not read again: documents by digest, entries as written.

    Labs that are followed at the same time share it: an event is one entry for all of them, and what several of them
    saw was seen once.
    """

    documents: Documents
    entries: dict[bytes, Entry]
    looks: dict[bytes, WrittenLook]
    """Looks that were filed, as written: the next one may extend them."""


class Kept(NamedTuple):
    """What was filed in a transaction, by the ``id`` of what it is, as long as all of that exists; and what is known.

    Several attempts may have seen the same: each document is stored once, each answer written once.
    """

    known: Known
    digests: dict[int, str]
    answers: dict[int, WrittenAnswer]


MOST_KNOWN = 500
"""How many documents are remembered; those of a whole log need not be."""
NEWEST_KNOWN = 100
"""The same for entries: a few of each lab are read again and again."""
ENTRY: msgspec.json.Decoder[Written] = msgspec.json.Decoder(ready(Written))
DOCUMENT = msgspec.json.Decoder(ready(dict[str, object]))


def read(connection: sqlite3.Connection, attempt: int, place: Place, known: Known) -> list[tuple[Place, Entry]] | None:
    """The entries after this place, in order, each with its own place; ``None`` if one was filed before it since then.

    What is ``known`` is not read again; what is read now is added to it.
    """
    at = (place.era, place.time, place.number)
    newest, late = connection.execute(
        """SELECT (SELECT max(number) FROM entry WHERE attempt = ?1), ?2 > 0 AND EXISTS (
            SELECT 1 FROM entry WHERE attempt = ?1 AND number > ?2 AND (+era, time, number) < (?3, ?4, ?5))""",
        (attempt, place.filed, *at),  # by the plus, SQLite goes through what was filed since, not through the whole log
    ).fetchone()
    if late:
        return None
    documents: Documents = {}
    fresh: dict[bytes, Entry] = {}

    def find(digest: str) -> dict[str, object]:
        if digest not in documents:
            documents[digest] = known.documents.get(digest) or _document(connection, digest)
        return documents[digest]

    def entry(body: object) -> Entry:
        written = checked(body, bytes)
        if written not in fresh:
            fresh[written] = known.entries.get(written) or restored(_parsed(written), find)
        return fresh[written]

    rows = """SELECT era, time, number, body FROM entry WHERE attempt = ? AND (era, time, number) > (?, ?, ?)
        ORDER BY era, time, number"""
    entries = [
        (Place(*checked(row[:3], tuple[int, int, int]), newest), entry(row[3]))
        for row in connection.execute(rows, (attempt, *at)).fetchall()
    ]
    _remember(known.documents, documents, MOST_KNOWN)
    _remember(known.entries, fresh, NEWEST_KNOWN)
    return entries


def _remember(known: dict[Key, Value], fresh: dict[Key, Value], most: int) -> None:
    if len(known) + len(fresh) > most:
        known.clear()
    if len(fresh) <= most:
        known.update(fresh)


def filed(connection: sqlite3.Connection) -> int:
    """A marker for everything filed so far, over all attempts: later entries have higher numbers."""
    (newest,) = connection.execute("SELECT max(rowid) FROM entry").fetchone()
    return checked(newest or 0, int)


def file(
    connection: sqlite3.Connection, attempt: int, entries: Sequence[Entry], after: int | None, kept: Kept
) -> tuple[list[Written], int]:
    """File those of these entries that are new, in this order; they, and the number of the last.

    They come after everything that was filed up to ``after``; by default, after everything. ``kept`` is what was filed
    in this transaction.
    """
    last, row = _last(connection, attempt)
    is_all = after is None or after >= row
    era, time = _newest(connection, attempt, after)
    new, is_new = list[Written](), False
    for entry in entries:
        era, time = (era + 1, _time(entry)) if _time(entry) < time - SET_BACK else (era, max(time, _time(entry)))
        filed = _written(connection, entry, kept)
        if isinstance(filed, WrittenLook):
            is_after_event = is_all and is_new and not isinstance(new[-1], WrittenLook)
            if not is_after_event and _extended(connection, attempt, (era, time), filed, kept.known):
                is_new = False
                continue
        is_new = _filed(connection, (attempt, last + 1, era, time), (filed, entry), kept.known)
        if is_new:
            new.append(filed)
            last += 1
    return new, last


def _last(connection: sqlite3.Connection, attempt: int) -> tuple[int, int]:
    """The number and the row of the entry that was filed last; 0 if there is none."""
    row = connection.execute(
        "SELECT number, rowid FROM entry WHERE attempt = ? ORDER BY number DESC LIMIT 1", (attempt,)
    ).fetchone()
    return checked(row, tuple[int, int]) if row else (0, 0)


def _newest(connection: sqlite3.Connection, attempt: int, after: int | None) -> tuple[int, int]:
    """The era and time of the newest entry filed up to then."""
    row = connection.execute(
        """SELECT era, time FROM entry WHERE attempt = ?1 AND (?2 IS NULL OR rowid <= ?2)
            ORDER BY era DESC, time DESC, number DESC LIMIT 1""",
        (attempt, after),
    ).fetchone()
    return checked(row, tuple[int, int]) if row else (0, EARLIEST)


def _written(connection: sqlite3.Connection, entry: Entry, kept: Kept) -> Written:
    """The entry as written; its documents are stored."""

    def keep(document: Document) -> str:
        if id(document) not in kept.digests:
            body = canonical(document)
            digest = digest_of(body)
            connection.execute("INSERT OR IGNORE INTO document (digest, body) VALUES (?, ?)", (digest, body))
            kept.digests[id(document)] = digest
        return kept.digests[id(document)]

    return written(entry, keep, kept.answers)


def _filed(
    connection: sqlite3.Connection, at: tuple[int, int, int, int], given: tuple[Written, Entry], known: Known
) -> bool:
    """Whether the entry, of which this is how it is written, and what it is, was new, and is filed now.

    ``at`` is its attempt, its number if it is new, its era and its time.
    """
    new, entry = given
    event = new.document if isinstance(new, WrittenEvent) else None
    body = canonical(new)
    _remember(known.entries, {body: entry}, NEWEST_KNOWN)
    if isinstance(new, WrittenLook):
        _remember(known.looks, {body: new}, NEWEST_KNOWN)
    inserted = connection.execute(
        """INSERT INTO entry (attempt, number, era, time, event, body) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (attempt, event) DO NOTHING""",
        (*at, event, body),
    )
    return inserted.rowcount > 0


def _extended(
    connection: sqlite3.Connection, attempt: int, at: tuple[int, int], look: WrittenLook, known: Known
) -> bool:
    """Whether the entry before is a look that saw the same, which is then extended to this one.

    A look during which something happened is not extended: the new look saw completely what the old one saw partly.
    """
    row = connection.execute(
        """SELECT number, body, era, time FROM entry WHERE attempt = ? AND (era, time) <= (?, ?)
            ORDER BY era DESC, time DESC, number DESC LIMIT 1""",
        (attempt, *at),
    ).fetchone()
    last = (known.looks.get(row[1]) or _parsed(row[1])) if row else None
    if not isinstance(last, WrittenLook) or last.answers != look.answers:
        return False
    took = last.until - last.at if last.took is None else last.took
    before = connection.execute(
        """SELECT event FROM entry WHERE attempt = ?1 AND (era, time, number) < (?2, ?3, ?4)
            ORDER BY era DESC, time DESC, number DESC LIMIT 1""",
        (attempt, row[2], row[3], row[0]),
    ).fetchone()
    if before and before[0] and last.at <= Event(_document(connection, before[0])).at <= last.at + took:
        return False
    longer = msgspec.structs.replace(last, until=max(last.until, look.until), took=took)
    connection.execute(
        "UPDATE entry SET body = ? WHERE attempt = ? AND number = ?", (canonical(longer), attempt, row[0])
    )
    return True


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
