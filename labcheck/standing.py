"""How an attempt stands after some entries of its log: which steps are done, what they earned, how the others stand.

A standing is a value; it is folded forward by :mod:`labcheck.replay`.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from labcheck.engine import Event
from labcheck.lab import Lab, Step
from labcheck.log import Shown
from labcheck.past import Past
from labcheck.points import exact
from labcheck.verdict import Finding, Outcome, worst


def _always(_at: int) -> float:
    return 1


class Share(msgspec.Struct, frozen=True):
    """At a look, this many of a step's checks held at once."""

    at: int
    held: int


class Given(msgspec.Struct, frozen=True):
    """An answer, and how it was judged; ``None`` until the right answer is known."""

    at: int
    value: str
    finding: Finding | None = None


class Standing(msgspec.Struct, frozen=True):
    """How the steps stand: which are done, the outcome of each at the newest look, what was answered and shown."""

    past: Past
    done: dict[str, int] = {}
    """When each step that is done was completed, by the engine's clock."""
    findings: dict[str, tuple[Finding, ...]] = {}
    broken: dict[str, int] = {}
    """Since which look a step that is done has not held at any look."""
    truths: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    """The right answers to each question, by the first and by the newest look at which the step it asks about held."""
    answers: dict[str, tuple[Given, ...]] = {}
    shown: tuple[Shown, ...] = ()
    helped: tuple[Shown, ...] = ()
    """What was shown of a step before it was done."""
    shares: dict[str, tuple[Share, ...]] = {}
    """For each step with partial points, when more of its checks held at once than ever before."""
    before: tuple[Event, ...] = ()
    """The newest event, and events of other things whose command may still be running."""
    torn: bool | None = False
    """Whether the newest look fell into the middle of a command; ``None`` if that is not known yet."""

    def blocker(self, step: Step) -> str | None:
        """The first prerequisite that is not done, unless it merely could not be observed."""
        for name in step.after:
            if name not in self.done and self.outcome(name) is not Outcome.INCONCLUSIVE:
                return name
        return None

    def is_explained(self, step: Step) -> bool:
        """Whether it is said what is wrong, or left to the learner, who has neither asked for help nor been there."""
        return step.explained == "at-once" or step.id in self.done or any(it.step == step.id for it in self.shown)

    def points(self, lab: Lab, step: Step, worth: Callable[[int], float] = _always) -> float:
        """What the learner has earned by this step: nothing if it was played for them.

        ``worth`` says, from 0 to 1, how much of what was earned at a time counts.
        """
        if self.is_played(step):
            return 0
        earned = [(step.points * it.held / len(step.checks), it.at) for it in self.shares.get(step.id, ())]
        earned += [(step.points, self.done[step.id])] if step.id in self.done else []
        cost = self.cost(lab, step)
        return exact(max((max(0, points - cost) * worth(at) for points, at in earned), default=0))

    def cost(self, lab: Lab, step: Step) -> int:
        """How many points the help took that was shown before the step was done."""
        if not self.helped:
            return 0
        shown = [it.what for it in self.helped if it.step == step.id]
        hints = min(shown.count("hint"), len(step.hints))
        return min(step.points, hints * lab.costs.hint + ("solution" in shown) * lab.costs.solution)

    def is_played(self, step: Step) -> bool:
        """Whether the step's solution was played before it was done."""
        return any((it.step, it.what) == (step.id, "played") for it in self.helped)

    def is_undone(self, lab: Lab, step: Step) -> bool:
        """Whether the learner has reached a step that undoes this one."""
        return any(step.id in other.undoes and not self.blocker(other) for other in lab.steps)

    def is_broken(self, lab: Lab, step: Step) -> bool:
        """Whether the step is done, does not hold, and no step that was reached undoes it."""
        return step.id in self.done and self.holds(step.id) is False and not self.is_undone(lab, step)

    def outcome(self, name: str) -> Outcome:
        """The outcome of a step at the newest look; a blocked one is skipped."""
        found = self.findings.get(name)
        return Outcome.SKIP if found is None else worst([finding.outcome for finding in found])

    def holds(self, name: str) -> bool | None:
        """Whether a step still passes at the newest look; ``None`` if it could not be observed."""
        match self.outcome(name):
            case Outcome.PASS:
                return True
            case Outcome.FAIL:
                return False
            case _:
                return None
