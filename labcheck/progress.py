"""How an attempt stands, folded forward from a cached standing: a look costs the same after a thousand commands.

The journal stores a standing beside the log, keyed by the rules that it was judged by: the lab, and the code that
judges. It is a cache. Without it, or if something was filed at an earlier place, the log is folded from its beginning,
to the same standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from labcheck.build import build
from labcheck.digest import digest_of
from labcheck.errors import FullDiskError
from labcheck.journal import START, File, Journal, Place
from labcheck.lab import Lab
from labcheck.log import Entry, Head, Look
from labcheck.past import Past
from labcheck.points import exact
from labcheck.ready import ready
from labcheck.replay import Looked, fold, start
from labcheck.report import Best
from labcheck.standing import Standing

EVERY = 32
"""After how many more entries the standing is stored again."""
SELDOM = 256
"""The same while events come one after the other: storing takes longer than folding ten entries."""
BEHIND = 8
"""How many of the newest entries are folded again: what others file at the same moment may still come before them."""

Row: TypeAlias = tuple[Place, Entry]


class Moment(msgspec.Struct, frozen=True):
    """How an attempt stands at one moment; ``filed`` is how much of it had been filed by then."""

    head: Head
    standing: Standing
    filed: int = 0

    @property
    def past(self) -> Past:
        """What is known about the engine and the registry."""
        return self.standing.past


class Folded(msgspec.Struct, frozen=True):
    """A standing, the place up to which it is folded, and how many entries were folded since one was stored."""

    place: Place
    standing: Standing
    fresh: int = 0


class Progress(msgspec.Struct):
    """The standings of a lab's attempts, as far as they have been folded."""

    lab: Lab
    journal: Journal
    _labs: dict[str, Lab] = {}
    _rules: dict[str, str] = {}
    _folded: dict[Head, Folded] = {}
    _looked: dict[Head, Looked] = {}
    _points: dict[Head, float] = {}
    _file: File | None = None

    def now(self, head: Head, newer: Sequence[Row] | None = None, every: int = EVERY) -> Moment:
        """The attempt as it stands now; ``newer`` is what was filed after its place, if that was read already.

        After ``every`` so many more entries the standing is stored.
        """
        if self.journal.file != self._file:  # it was recovered or replaced: what was folded is not from this one
            self._file = self.journal.file
            self._folded.clear()
            self._points.clear()
        known, rows = self._unfolded(head, newer)
        filed = rows[-1][0].filed if rows else known.place.filed
        further = rows[:-BEHIND]
        if known.fresh + len(further) > every:
            old, known, _ = self._on(head, known, further)
            known, rows = self._kept(head, known, every), rows[old:]
        _, self._folded[head], now = self._on(head, known, rows)
        return Moment(head, now, filed)

    def drawn(self, head: Head) -> Lab:
        """The lab as this attempt's seed draws it."""
        if head.seed not in self._labs:
            self._labs[head.seed] = self.lab.drawn(head.seed)
        return self._labs[head.seed]

    def best(self, now: Moment) -> Best:
        """The attempt at the lab with the most points; the newest, if there are several."""
        for head in self.journal.attempts(self.lab.slug):
            if head != now.head and head not in self._points:
                self._points[head] = points(self.drawn(head), self.now(head).standing)
        scores = {**self._points, now.head: points(self.drawn(now.head), now.standing)}
        head = max(scores, key=lambda it: (scores[it], it.attempt))
        return Best(head.attempt, scores[head])

    def rules(self, head: Head) -> str:
        """What the attempt's standing depends on besides its log."""
        lab = self.drawn(head)
        if lab.seed not in self._rules:
            self._rules[lab.seed] = rules(lab)
        return self._rules[lab.seed]

    def place(self, head: Head) -> Place:
        """Up to where it is folded, in memory."""
        folded = self._folded.get(head)
        return folded.place if folded else START

    def _unfolded(self, head: Head, newer: Sequence[Row] | None) -> tuple[Folded, Sequence[Row]]:
        """What is folded already, and what was filed since; where something was filed before it, from the beginning."""
        if newer is not None and (folded := self._folded.get(head)):
            return folded, newer
        for known in (self._folded.get, self._read):  # what is in memory needs not be read
            folded = known(head)
            rows = self.journal.read(head, folded.place) if folded else None
            if folded and rows is not None:
                return folded, rows
        begun = Folded(START, start(self.drawn(head), head.began))
        return begun, self.journal.read(head, START) or ()

    def _on(self, head: Head, folded: Folded, rows: Sequence[Row]) -> tuple[int, Folded, Standing]:
        """How many of these rows later ones cannot change, folded forward over those, and how it stands after all.

        What a look comes to is known when it has turned out to stay as it is.
        """
        entries = [entry for _, entry in rows]
        count, sure, now = fold(self.drawn(head), folded.standing, entries, self._looked.get(head))
        match entries[count:]:
            case [Look() as look] if not now.torn:
                self._looked[head] = Looked(sure, look, now)
        if count:
            folded = Folded(rows[count - 1][0], sure, folded.fresh + count)
        return count, folded, now

    def _kept(self, head: Head, folded: Folded, every: int) -> Folded:
        """Store it in the journal now and then."""
        if folded.fresh <= every:
            return folded
        with suppress(FullDiskError):  # it is only a cache
            self.journal.keep(head, self.rules(head), folded.place, msgspec.msgpack.encode(folded.standing))
        return replace(folded, fresh=0)

    def _read(self, head: Head) -> Folded | None:
        """What the journal has stored for these rules; nothing if it cannot be read."""
        kept = self.journal.kept(head, self.rules(head))
        try:
            return Folded(kept[0], msgspec.msgpack.decode(kept[1], type=ready(Standing))) if kept else None
        except msgspec.MsgspecError:
            return None


def together(journal: Journal, asked: Sequence[tuple[Progress, Head]], every: int = EVERY) -> list[Moment]:
    """How several attempts stand now, which are read at one moment; each is stored after ``every`` so many entries."""
    newer = journal.read_all([(head, progress.place(head)) for progress, head in asked])
    return [progress.now(head, rows, every) for (progress, head), rows in zip(asked, newer, strict=True)]


def points(lab: Lab, standing: Standing) -> float:
    """What was earned by all steps."""
    return exact(sum(standing.points(lab, step) for step in lab.steps))


def rules(lab: Lab) -> str:
    """What a standing depends on besides the log: the lab, and the code that judges."""
    return digest_of(msgspec.json.encode(lab) + build())
