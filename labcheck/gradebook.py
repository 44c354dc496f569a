"""A gradebook: what each learner's submission came to, step by step. What renderers of it get.

Times are RFC 3339 in UTC. Points can be fractions, with at most two decimals. Nothing in it was taken from a stored
verdict: it was judged from evidence, by the labs of whoever grades.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from labcheck.flag import Flag
from labcheck.submission import Learner
from labcheck.verdict import Outcome, Verdict


class StepMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one step came to."""

    id: str
    title: str
    done: bool
    outcome: Outcome
    """How it stood at the end; a step that was done keeps its points even if it was undone since."""
    points: float
    at_most: float
    """The points if what nobody observed was as it should be: more than ``points`` where the step is undecided."""
    max_points: int
    excused: bool = False
    """Whether it counts neither for nor against."""
    done_at: str | None
    late: bool = False
    """Whether it was done after the deadline."""
    hints: int = 0
    solution: bool = False
    played: bool = False
    cost: int = 0
    """How many points the help took that was shown before it was done."""
    trouble: Verdict | None = None
    """Why a step is not done: what was expected and seen, the mistake that was recognised, what to do."""

    @property
    def is_undecided(self) -> bool:
        """Whether nobody can judge it from what was observed: somebody must look at it."""
        return self.outcome is Outcome.INCONCLUSIVE and not (self.done or self.excused or self.played)


class LabMark(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner's attempts at one lab came to: the attempt that counts. Excused steps are not in its points."""

    lab: str
    title: str
    attempt: int
    outcome: Outcome
    points: float
    at_most: float
    max_points: int
    steps: tuple[StepMark, ...]

    @property
    def is_excused(self) -> bool:
        """Whether nothing of it counts."""
        return all(step.excused for step in self.steps)

    @property
    def undecided(self) -> tuple[StepMark, ...]:
        """The steps that nobody could judge from what was observed: somebody must look at them."""
        return tuple(step for step in self.steps if step.is_undecided)


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission came to; or that a learner of the roster handed nothing in."""

    learner: Learner
    file: str
    """The name of the file that it was in; empty if nothing was handed in."""
    submitted_at: str | None
    labs: tuple[LabMark, ...] = ()
    unknown: bool = False
    """Whether the learner is not on the roster."""
    flags: tuple[Flag, ...] = ()
    """What somebody should look at; it costs no points."""

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in."""
        return self.submitted_at is None

    def lab(self, name: str) -> LabMark | None:
        """What this lab came to; ``None`` if it was not handed in."""
        return next((mark for mark in self.labs if mark.lab == name), None)


class NotGradable(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be graded, and why: it costs nobody else anything."""

    file: str
    why: str


class StepHeading(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a lab, as the one who grades has it."""

    id: str
    title: str
    max_points: int


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A lab that was graded, as the one who grades has it."""

    lab: str
    title: str
    max_points: int
    steps: tuple[StepHeading, ...]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A step that has other points than in an earlier gradebook, and why."""

    learner: Learner
    lab: str
    step: str
    before: str
    """The points, or a range, or that it was excused; empty if it was not there."""
    after: str
    outcome_before: Outcome | None
    outcome_after: Outcome | None
    why: str


class Gradebook(msgspec.Struct, frozen=True, kw_only=True):
    """All submissions, ordered by learner. A class may be large, so they are not all in memory."""

    graded_at: str
    labs: tuple[Heading, ...]
    marked: Iterable[Marked]
    """To be gone through again and again."""
    not_gradable: tuple[NotGradable, ...] = ()
