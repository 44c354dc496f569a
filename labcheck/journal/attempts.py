"""The rows of attempts: beginning one, finding one, and sealing what is filed in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from labcheck.chain import Seal, begun, sealed, unfitting
from labcheck.evidence import Written
from labcheck.journal.trouble import checked
from labcheck.log import Head
from labcheck.member import drawn

TABLE = """CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, lab TEXT NOT NULL, number INTEGER NOT NULL, engine TEXT NOT NULL,
    began INTEGER NOT NULL, touched INTEGER NOT NULL, cursor TEXT, seed TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '', unsealed INTEGER NOT NULL DEFAULT 0, recovered INTEGER NOT NULL DEFAULT 0,
    begun TEXT NOT NULL DEFAULT '', UNIQUE (lab, number))"""
COLUMNS = tuple(
    f"ALTER TABLE attempt ADD COLUMN {column}"
    for column in (
        "seed TEXT NOT NULL DEFAULT ''",
        "link TEXT NOT NULL DEFAULT ''",
        "unsealed INTEGER NOT NULL DEFAULT 0",
        "recovered INTEGER NOT NULL DEFAULT 0",
        "begun TEXT NOT NULL DEFAULT ''",
    )
)
"""How a table gets the columns that came later, in their order. What was filed before is not sealed."""
SEEDS, SEALS, CHAIN = COLUMNS, COLUMNS[1:], COLUMNS[4:]
"""What a table gets that is older than seeds, than seals, and than the chain of attempts."""
HEADS = "SELECT lab, number, engine, began, seed FROM attempt"


def row(connection: sqlite3.Connection, head: Head) -> int | None:
    """The row of the attempt."""
    where = (head.lab, head.attempt)
    found = connection.execute("SELECT id FROM attempt WHERE lab = ? AND number = ?", where).fetchone()
    return checked(found[0], int) if found else None


def begin(connection: sqlite3.Connection, lab: str, engine: str, began: int) -> Head:
    """A new attempt at the lab; the first has number 1."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE lab = ?", (lab,)).fetchone()
    head = Head(lab, number, engine, began, drawn(lab, number))
    connection.execute(
        """INSERT INTO attempt (lab, number, engine, began, seed, touched)
            VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM attempt))""",
        msgspec.structs.astuple(head),
    )
    before = _begun(connection, lab)
    now = begun([head], before) if before else begun(heads(connection, lab))
    connection.execute("UPDATE attempt SET begun = ? WHERE lab = ?", (now, lab))
    return head


def current(connection: sqlite3.Connection, lab: str, engine: str) -> Head | None:
    """The newest attempt at the lab on this engine; on any engine, if none is given."""
    where = "WHERE lab = ?1 AND (engine = ?2 OR ?2 = '') ORDER BY number DESC LIMIT 1"
    found = connection.execute(f"{HEADS} {where}", (lab, engine)).fetchone()
    return None if found is None else _head(found)


def heads(connection: sqlite3.Connection, lab: str) -> tuple[Head, ...]:
    """All attempts at the lab, the oldest first."""
    found = connection.execute(f"{HEADS} WHERE lab = ? ORDER BY number", (lab,)).fetchall()
    return tuple(map(_head, found))


def seal(connection: sqlite3.Connection, attempt: int) -> Seal:
    """What the attempt is sealed with."""
    found = connection.execute("SELECT link, unsealed, recovered FROM attempt WHERE id = ?", (attempt,)).fetchone()
    return Seal(*checked(found[:2], tuple[str, int]), recovered=bool(found[2]))


def handed(connection: sqlite3.Connection, attempt: int) -> Seal:
    """What it is sealed with when it is handed in: it does not fit if the attempt after it is missing."""
    its, (lab, number) = seal(connection, attempt), _named(connection, attempt)
    known, link = heads(connection, lab), _begun(connection, lab)
    is_last = number == max(head.attempt for head in known)
    return unfitting(its, link) if is_last and link and link != begun(known) else its


def extend(  # noqa: PLR0913 - an attempt's row
    connection: sqlite3.Connection, attempt: int, head: Head, new: Sequence[Written], filed: int, *, cursor: str | None
) -> None:
    """Seal these further entries, which were filed after so many others; ``None`` keeps the cursor."""
    if new:
        now = sealed(seal(connection, attempt), head, new, filed)
        connection.execute(
            """UPDATE attempt SET cursor = coalesce(?, cursor), link = ?, unsealed = ?,
                touched = (SELECT max(touched) + 1 FROM attempt) WHERE id = ?""",
            (cursor, now.link, now.unsealed, attempt),
        )
    elif cursor is not None:
        connection.execute("UPDATE attempt SET cursor = ? WHERE id = ?", (cursor, attempt))


def _named(connection: sqlite3.Connection, attempt: int) -> tuple[str, int]:
    found = connection.execute("SELECT lab, number FROM attempt WHERE id = ?", (attempt,)).fetchone()
    return checked(found, tuple[str, int])


def _begun(connection: sqlite3.Connection, lab: str) -> str:
    """The newest link of the chain of the lab's attempts; empty if all are older than it, or were recovered."""
    (link,) = connection.execute("SELECT coalesce(max(begun), '') FROM attempt WHERE lab = ?", (lab,)).fetchone()
    return checked(link, str)


def _head(found: object) -> Head:
    return Head(*checked(found, tuple[str, int, str, int, str]))
