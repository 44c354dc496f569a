"""How an attempt stands, folded on from where it was kept: a look costs the same after a thousand commands.

The journal keeps a standing beside the log, by the rules it was judged by: the lab, and the code that judges. It is a
cache. Without it, or where something was filed before it, the log is folded from its beginning, to the same standing.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

import labcheck
from labcheck.errors import FullDiskError
from labcheck.journal import START, File, Journal, Place
from labcheck.lab import Lab
from labcheck.log import Head
from labcheck.past import Past
from labcheck.replay import Standing, replay, settled, start
from labcheck.report import Best

EVERY = 32
"""After so many entries more, the standing is kept anew."""
BEHIND = 8
"""So many of the newest entries are folded again: what others filed at the same moment may still come before them."""
STANDING = msgspec.msgpack.Decoder(Standing)


@dataclass(frozen=True, slots=True)
class Moment:
    """An attempt as it stands at one moment; ``filed`` is how much of it was filed then."""

    head: Head
    standing: Standing
    filed: int = 0

    @property
    def past(self) -> Past:
        """What is known of the world."""
        return self.standing.past


@dataclass(slots=True)
class Progress:
    """The standings of a lab's attempts, as far as they were folded."""

    lab: Lab
    journal: Journal
    rules: str = ""
    _folded: dict[Head, tuple[Place, Standing]] = field(default_factory=dict)
    _points: dict[Head, int] = field(default_factory=dict)
    _fresh: dict[Head, int] = field(default_factory=dict)
    """How many entries were folded since a standing was kept."""
    _file: File | None = None

    def __post_init__(self) -> None:
        self.rules = self.rules or rules(self.lab)

    def now(self, head: Head) -> Moment:
        """The attempt as it stands now."""
        if self.journal.file != self._file:  # it was made anew, or replaced: what was folded is not in this one
            self._file = self.journal.file
            self._folded.clear()
            self._points.clear()
            self._fresh.clear()
        place, standing = self._folded.get(head) or self._kept(head)
        rows = self.journal.read(head, place)
        if rows is None:
            place, standing = self._kept(head)
            rows = self.journal.read(head, place)
        if rows is None:
            place, standing = START, start(self.lab, head.began)
            rows = self.journal.read(head, place) or []
        entries = [entry for _, entry in rows]
        self._fresh[head] = self._fresh.get(head, 0) + len(rows)
        if count := settled(entries[:-BEHIND]):
            place, standing = rows[count - 1][0], replay(self.lab, standing, entries[:count])
            rows, entries = rows[count:], entries[count:]
        if self._fresh[head] > EVERY and place != START:
            with suppress(FullDiskError):  # it is only a cache
                self.journal.keep(head, self.rules, place, msgspec.msgpack.encode(standing))
            self._fresh[head] = len(rows)
        if count := settled(entries):
            place, standing = rows[count - 1][0], replay(self.lab, standing, entries[:count])
        self._folded[head] = place, standing
        now = replay(self.lab, standing, entries[count:])
        return Moment(head, now, rows[-1][0].filed if rows else place.filed)

    def best(self, now: Moment) -> Best:
        """The attempt with the most points, of those at the lab; of several the newest."""
        for head in self.journal.attempts(self.lab.slug):
            if head != now.head and head not in self._points:
                self._points[head] = points(self.lab, self.now(head).standing)
        scores = {**self._points, now.head: points(self.lab, now.standing)}
        head = max(scores, key=lambda it: (scores[it], it.attempt))
        return Best(head.attempt, scores[head])

    def _kept(self, head: Head) -> tuple[Place, Standing]:
        kept = self.journal.kept(head, self.rules)
        try:
            if kept:
                return kept[0], STANDING.decode(kept[1])
        except msgspec.MsgspecError:
            pass  # what cannot be read is folded anew
        return START, start(self.lab, head.began)


def points(lab: Lab, standing: Standing) -> int:
    """The points of the steps that are done."""
    return sum(step.points for step in lab.steps if step.id in standing.done)


def rules(lab: Lab) -> str:
    """What a standing depends on beside the log: the lab, and the code that judges."""
    return hashlib.sha256(msgspec.json.encode(lab) + _code()).hexdigest()


@cache
def _code() -> bytes:
    """What tells this labcheck from another: its version, and when its files were written."""
    package = Path(labcheck.__file__).parent
    files = [package / f"{name}.py" for name in JUDGING] + sorted((package / "checks").glob("*.py"))
    written = [(file.name, file.stat().st_mtime_ns) for file in files if file.exists()]
    return repr((labcheck.__version__, written)).encode()


JUDGING = ("replay", "past", "burst", "question", "check", "name", "engine", "oci", "query", "snapshot")
