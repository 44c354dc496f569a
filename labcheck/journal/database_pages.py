"""The rows that can still be read from the pages of an SQLite file, however damaged the rest of it is.

SQLite reads a table from its root; if a page on the path is damaged, it cannot reach anything behind it. Here each page
is read on its own, as https://www.sqlite.org/fileformat2.html describes: everything that is not itself damaged is
found. A row is only a candidate: the caller must verify it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TypeAlias

Value: TypeAlias = int | str | bytes | None
Row: TypeAlias = tuple[Value, ...]

SIZE = 4096
"""Bytes per page; every journal is created with this size."""
LEAF = 0x0D
INDEX_LEAF = 0x0A
INSIDE = {0x02, 0x05}
MOST_LOCAL = {LEAF: SIZE - 35, INDEX_LEAF: (SIZE - 12) * 64 // 255 - 23}
LEAST_LOCAL = (SIZE - 12) * 32 // 255 - 23
"""The most and the fewest bytes of a row in its own page; the rest of a longer row fills overflow pages."""

SIZES = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of a value by its type: null and integers. Other types are 0, 1, bytes (even) and text (odd)."""
CONSTANTS = {8: 0, 9: 1}
BYTES = 12

WAL_HEADER = struct.Struct(">16x8s8x")
FRAME = struct.Struct(">II8s8x")
UNREADABLE = (IndexError, ValueError, struct.error)


def newest_pages(database: bytes, log: bytes) -> dict[int, bytes]:
    """The file's pages by number, from 1; those committed to the write-ahead log take precedence."""
    pages = {at // SIZE + 1: database[at : at + SIZE].ljust(SIZE, b"\0") for at in range(0, len(database), SIZE)}
    waiting: dict[int, bytes] = {}
    with suppress(struct.error):
        (salt,) = WAL_HEADER.unpack_from(log)
        for at in range(WAL_HEADER.size, len(log), FRAME.size + SIZE):
            number, committed, written = FRAME.unpack_from(log, at)
            page = log[at + FRAME.size : at + FRAME.size + SIZE]
            if written == salt and len(page) == SIZE:
                waiting[number] = page
                if committed:
                    pages |= waiting
                    waiting.clear()
    return pages


def rows(pages: Mapping[int, bytes]) -> Iterator[tuple[int | None, Row]]:
    """Each row that can be read, with its rowid; ``None`` for an index's rows, which end with the rowid."""
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind in INSIDE:
            continue
        kind = kind if kind == INDEX_LEAF else LEAF  # even if exactly this byte is damaged
        for slot in range(int.from_bytes(page[start + 3 : start + 5], "big")):
            at = start + 8 + 2 * slot
            if at + 2 > SIZE:
                break
            with suppress(*UNREADABLE):
                yield _cell(pages, page, int.from_bytes(page[at : at + 2], "big"), kind)


def _cell(pages: Mapping[int, bytes], page: bytes, at: int, kind: int) -> tuple[int | None, Row]:
    size, at = _number(page, at)
    rowid: int | None = None
    if kind == LEAF:
        rowid, at = _number(page, at)
    local = size
    if size > MOST_LOCAL[kind]:
        local = LEAST_LOCAL + (size - LEAST_LOCAL) % (SIZE - 4)
        local = local if local <= MOST_LOCAL[kind] else LEAST_LOCAL
    parts = [page[at : at + local]]
    further = int.from_bytes(page[at + local : at + local + 4], "big")
    missing = size - local
    while missing > 0:
        if further not in pages or len(parts) > len(pages):
            raise ValueError(further)
        more = pages[further]
        parts.append(more[4 : 4 + missing])
        missing -= SIZE - 4
        further = int.from_bytes(more[:4], "big")
    return rowid, _record(b"".join(parts))


def _record(payload: bytes) -> Row:
    """The values of a row: a header with their types, then the values."""
    ends, at = _number(payload, 0)
    value = ends
    found: list[Value] = []
    while at < ends:
        kind, at = _number(payload, at)
        size = (kind - BYTES) // 2 if kind >= BYTES else 0 if kind in CONSTANTS else SIZES[kind]
        if value + size > len(payload):
            raise ValueError(size)
        found.append(_value(kind, payload[value : value + size]))
        value += size
    return tuple(found)


def _value(kind: int, data: bytes) -> Value:
    if kind >= BYTES:
        return data.decode() if kind % 2 else data
    if kind in CONSTANTS:
        return CONSTANTS[kind]
    return int.from_bytes(data, "big", signed=True) if kind else None


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint of one to nine bytes, and the position after it."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9
