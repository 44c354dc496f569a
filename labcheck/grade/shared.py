"""What was handed in -> flags: what several files have in common. An engine makes each container and instant once.

A trace is a number: its kind, and a digest of a container's id, of the instant of an event, of an engine. Only a few
are taken of each attempt, the smallest, so two logs of which one is a copy have the same. They are in a temporary file
that SQLite keeps, so a class takes no memory.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import msgspec

from labcheck.digest import digest_of
from labcheck.flag import Flag, Kind
from labcheck.log import Happened, Log
from labcheck.submission import Submission

EACH: Final = 8
"""How many traces of one kind are taken of each attempt."""
ATTEMPTS: Final = 50
"""Of how many attempts of a submission."""
KINDS: Final = ("the engine", "{} containers", "{} instants")
ENGINE, CONTAINER, INSTANT = range(3)
DIGITS: Final = slice(len("sha256:"), len("sha256:") + 15)
"""Of a digest, as many as SQLite's integers have room for, beside the kind."""
KIND: Final = 60
"""The bit of a trace at which its kind begins."""
COINCIDENCE: Final = 1
"""So many instants may be the same by chance."""
NAMED: Final = 3
"""How many others a flag names."""


def traces(submission: Submission) -> tuple[int, ...]:
    """Those of a submission, each once."""
    return tuple(dict.fromkeys(trace for log in submission.logs[:ATTEMPTS] for trace in _of(log)))


class Handed(msgspec.Struct, frozen=True):
    """A file that was handed in: whose it says it is, with which labs, its traces, and its mark, encoded."""

    learner: str
    file: str
    labs: tuple[str, ...]
    traces: tuple[int, ...]
    encoded: bytes = b""


class Shared:
    """What is compared of all that a class handed in."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # a temporary file, which ends with the connection
        self._database.execute("PRAGMA cache_size = -500")
        self._database.execute("BEGIN")
        self._database.execute("CREATE TABLE trace (trace INTEGER, learner TEXT, number INTEGER)")
        self._database.execute("CREATE TABLE lab (name TEXT, learner TEXT, number INTEGER, file TEXT)")

    def add(self, number: int, it: Handed) -> None:
        """Add one file, which is known by this number."""
        rows = ((trace, it.learner, number) for trace in it.traces)
        self._database.executemany("INSERT INTO trace VALUES (?, ?, ?)", rows)
        labs = ((name, it.learner, number, it.file) for name in it.labs)
        self._database.executemany("INSERT INTO lab VALUES (?, ?, ?, ?)", labs)

    def flags(self) -> Iterator[tuple[int, Flag]]:
        """Flags, and the numbers of the files that they are about."""
        yield from self._twice()
        yield from self._in_common()

    def _twice(self) -> Iterator[tuple[int, Flag]]:
        """One id handed in one lab in several files; without an id, nobody is known to be the same."""
        rows = self._database.execute(
            """SELECT DISTINCT number, learner, name FROM lab JOIN (
                    SELECT name, learner FROM lab WHERE learner != '' GROUP BY name, learner HAVING count(*) > 1
                ) USING (name, learner) ORDER BY number, name"""
        )
        for (number, learner), _ in groupby(rows, key=lambda row: row[:2]):
            yield number, Flag(Kind.TWICE, f"Another file with the same lab has the id {learner}, too.")

    def _in_common(self) -> Iterator[tuple[int, Flag]]:
        counts: dict[int, Counter[int]] = {}
        others: dict[int, dict[str, None]] = {}
        for kind, learners in self._common():
            few = list(dict.fromkeys(learners.values()))[: NAMED + 2]
            for number, learner in learners.items():
                counts.setdefault(number, Counter())[kind] += 1
                named = others.setdefault(number, {})
                for other in few:
                    if other != learner and len(named) <= NAMED:
                        named[other] = None
        for number, count in counts.items():
            if count[ENGINE] or count[CONTAINER] or count[INSTANT] > COINCIDENCE:
                yield number, Flag(Kind.SHARED, _said(count, list(others[number])))

    def close(self) -> None:
        """Forget all of them."""
        self._database.close()

    def _common(self) -> Iterator[tuple[int, dict[int, str]]]:
        """The kind of each trace that several learners have, and for each submission that has it the learner."""
        rows = self._database.execute(
            """SELECT trace, number, learner FROM trace JOIN (
                    SELECT trace FROM trace GROUP BY trace HAVING min(learner) < max(learner)
                ) USING (trace) ORDER BY trace, learner, number"""
        )
        for trace, group in groupby(rows, key=lambda row: row[0]):
            yield trace >> KIND, {number: learner for _, number, learner in group}


def _of(log: Log) -> Iterator[int]:
    """Those of an attempt: of its engine, and the smallest of its containers' ids and of its events' instants."""
    if log.engine:
        yield _trace(ENGINE, log.engine)
    events = [entry.event for entry in log.entries if isinstance(entry, Happened)]
    containers = {event.actor for event in events if event.kind.startswith("container/") and event.actor}
    instants = {str(event.at) for event in events}
    for kind, found in ((CONTAINER, containers), (INSTANT, instants)):
        yield from sorted(_trace(kind, text) for text in found)[:EACH]


def _trace(kind: int, text: str) -> int:
    return (kind << KIND) + int(digest_of(text.encode("utf-8", "surrogatepass"))[DIGITS], 16)


def _said(count: Counter[int], others: list[str]) -> str:
    common = [
        name.format(number).removesuffix("s" if number == 1 else "")
        for kind, name in enumerate(KINDS)
        if (number := count[kind])
    ]
    whom = ", ".join(sorted(others[:NAMED])) + (" and more" if len(others) > NAMED else "")
    return f"It has {' and '.join(filter(None, (', '.join(common[:-1]), common[-1])))} in common with {whom}."
