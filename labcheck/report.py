"""How one lab stands: for each step what is done, what holds, and why not. Renderers get this and nothing else.

The JSON of a report is exactly this structure, in this order. Times are RFC 3339 in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

import msgspec

from labcheck.costs import Costs
from labcheck.verdict import Outcome, Verdict

SCHEMA = 1


class State(StrEnum):
    """A step's state, in words for people."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"
    BROKEN = "broken since"
    UNSEEN = "could not look"


class Help(msgspec.Struct, frozen=True):
    """The learner was shown a step's hint or its solution; or it was played for them, so the step gives no points."""

    what: Literal["hint", "solution", "played"]
    at: str


class StepReport(msgspec.Struct, frozen=True, kw_only=True):
    """How one step stands."""

    id: str
    title: str
    outcome: Outcome
    done: bool
    done_at: str | None
    holds_now: bool | None
    broken_since: str | None
    points: float
    max_points: int
    state: State
    checks: tuple[Verdict, ...]
    tries: int | None = None
    """How often a question was answered; ``None`` if the step has no question."""
    shown: tuple[Help, ...] = ()

    @property
    def trouble(self) -> Verdict | None:
        """The verdict to explain first: one that failed, else one that is inconclusive, else one that was skipped."""
        for outcome in (Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.SKIP):
            for verdict in self.checks:
                if verdict.outcome is outcome:
                    return verdict
        return None

    @property
    def note(self) -> Verdict | None:
        """What is worth knowing about the step, now that it is done."""
        return next((verdict for verdict in self.checks if self.state is State.DONE and verdict.why), None)


class Best(msgspec.Struct, frozen=True):
    """The attempt at the lab with the most points."""

    attempt: int
    points: float


class Change(msgspec.Struct, frozen=True):
    """A step stands otherwise: it was completed, broke, holds again, or is no longer needed."""

    title: str
    how: Literal["done", "broken", "mended", "undone"]


class Deed(msgspec.Struct, frozen=True):
    """Something that was done in an attempt, and what came of it for the steps."""

    at: str
    what: str
    changes: tuple[Change, ...] = ()


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt in a list of attempts: when it started, when it was last looked at, and its result."""

    attempt: int
    began: str
    looked_at: str | None
    outcome: Outcome
    done: int
    steps: int
    points: float
    max_points: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How one lab stands."""

    schema: int = SCHEMA
    lab: str
    title: str
    attempt: int
    looked_at: str | None
    outcome: Outcome
    points: float
    max_points: int
    next: str | None
    steps: tuple[StepReport, ...]
    best: Best | None = None
    """``None`` if the attempts are not known: the log of one attempt says nothing about others."""
    seed: str | msgspec.UnsetType = msgspec.UNSET
    """What the lab's values were drawn from; JSON leaves it out where nothing is drawn."""
    costs: Costs | msgspec.UnsetType = msgspec.UNSET
    """What help costs; JSON leaves it out where it costs nothing."""

    @property
    def open_step(self) -> StepReport | None:
        """The step to explain: a broken one first, else the next one."""
        return next((step for step in self.steps if step.id == self.next), None)

    def step(self, step_id: str) -> StepReport:
        """The step with that id."""
        return next(step for step in self.steps if step.id == step_id)

    def only(self, step_id: str) -> Report:
        """The report on that step only, as for ``--step``."""
        step = self.step(step_id)
        return msgspec.structs.replace(
            self,
            outcome=step.outcome,
            points=step.points,
            max_points=step.max_points,
            next=None if step.state is State.DONE else step_id,
            steps=(step,),
        )


def rfc3339(nanoseconds: int) -> str:
    """A time of the engine's clock, as reports have it."""
    moment = datetime.fromtimestamp(nanoseconds // 1_000_000 / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
