"""What is intact in a damaged journal: every attempt, entry and document that is provably as it was filed.

A document is intact if its digest matches, an entry if it can be read and all the documents it refers to are intact. If
entries are missing, a *gap* is inserted, because the absence of an event proves nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeAlias

import msgspec

from labcheck.digest import digest_of
from labcheck.engine import Info
from labcheck.evidence import Written, WrittenEvent, WrittenLook, canonical
from labcheck.journal.database_pages import Row
from labcheck.journal.entries import DOCUMENT, ENTRY
from labcheck.log import Gap
from labcheck.query import EngineInfo
from labcheck.ready import ready

Number: TypeAlias = tuple[int, int]
"""An attempt's id, and the number of an entry in it."""


class AttemptRow(msgspec.Struct, array_like=True):
    """A row of the table ``attempt`` as in the file: its id is the rowid."""

    no_id: None
    lab: str
    number: int
    engine: str
    began: int
    touched: int
    cursor: str | None
    seed: str = ""
    link: str = ""
    unsealed: int = 0
    recovered: int = 0
    begun: str = ""


ATTEMPT = (7, 8, 11, 12)
"""Columns of such a row; a journal that is older than seals has fewer, and one that is older than seeds still fewer."""


class EntryRow(msgspec.Struct, array_like=True):
    """A row of the table ``entry``."""

    attempt: int
    number: int
    era: int
    time: int
    event: str | None
    body: bytes


class Rescue:
    """The intact rows among these; :attr:`lost` counts the entries of which only a trace was found."""

    def __init__(self, found: Iterable[tuple[int | None, Row]]) -> None:
        self.documents: dict[str, bytes] = {}
        self.attempts: dict[int, AttemptRow] = {}
        self._named: dict[int, tuple[str, int]] = {}
        self._known: set[Number] = set()
        read: dict[Number, EntryRow] = {}
        for rowid, row in found:
            match row:
                case (str(digest), bytes(body)) if digest_of(body) == digest:
                    self.documents[digest] = body
                case (None, str(), *_) if rowid is not None and len(row) in ATTEMPT:
                    with suppress(msgspec.ValidationError):
                        self.attempts[rowid] = msgspec.convert(row, ready(AttemptRow))
                case (int(attempt), int(number), int(), int(), _, _) if rowid is not None:
                    self._known.add((attempt, number))
                    with suppress(msgspec.ValidationError):
                        read[attempt, number] = msgspec.convert(row, ready(EntryRow))
                case (str(lab), int(number), int(attempt)) if rowid is None:
                    self._named[attempt] = lab, number
                case (int(attempt), int(number), int()) if rowid is None:
                    self._known.add((attempt, number))
        self._plausible = max(1000, 10 * len(read))
        whole = {at: row for at, row in read.items() if 0 < row.number <= self._plausible and self._is_whole(row)}
        self._name_again(whole)
        self.entries = {number: row for number, row in sorted(whole.items()) if row.attempt in self.attempts}
        self.lost = self._count_lost()

    @property
    def is_ours(self) -> bool:
        """Whether it contains anything from a journal."""
        return bool(self.attempts or self._named or self._known or self.documents)

    def numbered(self) -> Iterator[EntryRow]:
        """The entries, renumbered; a gap precedes each one that has missing entries before it."""
        before, number = (0, 0), 0
        for (attempt, was), row in self.entries.items():
            if attempt != before[0]:
                before, number = (attempt, 0), 0
            if was != before[1] + 1:
                number += 1
                yield EntryRow(attempt, number, row.era, row.time, None, canonical(Gap(row.time)))
            number += 1
            yield msgspec.structs.replace(row, number=number)
            before = attempt, was

    def _is_whole(self, row: EntryRow) -> bool:
        try:
            entry: Written = ENTRY.decode(row.body)
            named = _named(entry)
            for digest in named:
                DOCUMENT.decode(self.documents[digest])
        except (ValueError, KeyError):
            return False
        return row.event == (entry.document if isinstance(entry, WrittenEvent) else None)

    def _count_lost(self) -> int:
        """Entries are numbered consecutively, so all numbers up to the last known one existed."""
        last: dict[int, int] = {}
        for attempt, number in self._known | self.entries.keys():
            if attempt in self.attempts and number <= self._plausible:
                last[attempt] = max(number, last.get(attempt, 0))
        return sum(last.values()) - len(self.entries)

    def _name_again(self, entries: dict[Number, EntryRow]) -> None:
        """An attempt whose row is lost is still in the index of labs, and its looks contain the engine."""
        for attempt in {row.attempt for row in entries.values()} - self.attempts.keys():
            if attempt in self._named:
                own = [row for row in entries.values() if row.attempt == attempt]
                lab, number = self._named[attempt]
                began = min(row.time for row in own)
                engine = next(filter(None, map(self._engine, own)), "")
                self.attempts[attempt] = AttemptRow(None, lab, number, engine, began, attempt, None)

    def _engine(self, row: EntryRow) -> str:
        """The engine that this entry's look saw, or the empty string."""
        entry = ENTRY.decode(row.body)
        answers = entry.answers if isinstance(entry, WrittenLook) else ()
        seen = next((answer.found for answer in answers if answer.query == EngineInfo()), None)
        return "" if seen is None else Info(DOCUMENT.decode(self.documents[seen])).identity


def _named(entry: Written) -> list[str]:
    match entry:
        case WrittenLook():
            return [answer.found for answer in entry.answers if answer.found is not None]
        case WrittenEvent():
            return [entry.document]
        case _:
            return []
