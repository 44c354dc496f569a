"""What counts when a submission is graded: until when, what lateness costs, which attempt, and what is excused."""

from __future__ import annotations

import math
from typing import Final, Literal

import msgspec

from labcheck.grade.excuse import Excuse

DAY: Final = 24 * 3600 * 10**9
"""Nanoseconds."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The instructor's rules."""

    until: int | None = None
    """The deadline, in nanoseconds: a step that was done later is late. ``None`` if there is none."""
    a_day: int = 100
    """How many percent of a step's points each day that began after the deadline costs."""
    attempt: Literal["best", "last"] = "best"
    excuses: tuple[Excuse, ...] = ()

    def late(self, done_at: int | None) -> bool:
        """Whether that was after the deadline."""
        return self.until is not None and done_at is not None and done_at > self.until

    def share(self, done_at: int) -> float:
        """Which part of its points a step gives that was done then."""
        if self.until is None or done_at <= self.until:
            return 1
        days = math.ceil((done_at - self.until) / DAY)
        return max(0, 100 - self.a_day * days) / 100

    def excused(self, lab: str, learner: str) -> frozenset[str]:
        """The steps of this lab that are excused for this learner."""
        return frozenset(it.step for it in self.excuses if it.concerns(lab, learner))
