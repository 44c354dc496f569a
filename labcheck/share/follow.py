"""Where a learner is, read from the journal: now, and whenever that changes. It looks at no engine.

They are at the lab in which a step was completed last; once that is finished, at the next one of the course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, time_ns
from typing import Final

import msgspec

from labcheck.errors import LabcheckError
from labcheck.journal import Journal
from labcheck.judge import reported
from labcheck.lab import Lab, load, slugs
from labcheck.progress import Moment, Progress
from labcheck.share.where import Where, where

SECOND: Final = 10**9


class Begun(msgspec.Struct, frozen=True):
    """A lab that was begun, as its newest attempt draws it, and how that stands."""

    lab: Lab
    moment: Moment

    @property
    def is_finished(self) -> bool:
        """Whether all its steps are done."""
        return len(self.moment.standing.done) >= len(self.lab.steps)

    @property
    def newest(self) -> int:
        """When a step was completed last, in nanoseconds; 0 if none was."""
        return max(self.moment.standing.done.values(), default=0)


class Follower:
    """Follows a journal. ``clock`` is in seconds, and only differences of it matter."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = monotonic) -> None:
        self._journal, self._clock = journal, clock
        self._progress: dict[str, Progress] = {}
        self._filed: int | None = None
        self._where, self._completed = Where(), 0
        self._begun_at = clock()
        self._trouble, self._since = ("", "", ""), self._begun_at

    def now(self) -> Where:
        """Where the learner is. If nothing was filed since the last time, nothing is judged again."""
        if (filed := self._journal.filed()) != self._filed:
            self._filed = filed
            self._read(tuple(self._begun()))
        trouble = (self._where.lab, self._where.at, self._where.mistake)
        if self._trouble != trouble:
            self._trouble, self._since = trouble, self._clock()
        stuck = int(self._clock() - self._since) if self._where.mistake else 0
        return msgspec.structs.replace(self._where, idle=self._idle(), stuck=stuck)

    def _idle(self) -> int:
        """For how many seconds no step was completed since the course was opened: the night before does not count."""
        here = int(self._clock() - self._begun_at)
        return max(0, min(here, (time_ns() - self._completed) // SECOND))

    def _read(self, begun: tuple[Begun, ...]) -> None:
        self._completed = max((it.newest for it in begun), default=0)
        finished = sum(it.is_finished for it in begun)
        it = at(begun)
        self._where = (
            where(reported(it.lab, it.moment.standing, it.moment.head.attempt), finished=finished)
            if it
            else Where(finished=finished)
        )

    def _begun(self) -> Iterator[Begun]:
        """Each lab of the journal that is still there."""
        for slug in self._journal.labs():
            head = self._journal.current(slug)
            try:
                progress = self._progress.get(slug) or Progress(load(slug), self._journal)
            except LabcheckError:  # its file is gone
                continue
            if head:
                self._progress[slug] = progress
                yield Begun(progress.drawn(head), progress.now(head))


def at(begun: tuple[Begun, ...]) -> Begun | None:
    """Which of these labs the learner is at; ``None`` if nothing was begun.

    A recorder begins all labs at once, so a lab in which nothing was done counts only if there is no other.
    """
    order = slugs()
    by_slug = {it.lab.slug: it for it in begun}
    in_order = [by_slug[slug] for slug in order if slug in by_slug]
    last = max(begun, key=lambda it: it.newest, default=None)
    if last is None or not last.newest:
        return in_order[0] if in_order else last
    if not last.is_finished or last.lab.slug not in order:
        return last
    later = [it for it in in_order if order.index(it.lab.slug) > order.index(last.lab.slug)]
    return next((it for it in later if not it.is_finished), last)
