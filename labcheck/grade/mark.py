"""(labs, Submission, Rules) -> marks: what a submission comes to. A pure function: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from labcheck.grade.excuse import lightened
from labcheck.grade.rules import Rules
from labcheck.gradebook import LabMark, StepMark
from labcheck.judge import trouble
from labcheck.lab import Lab, Step
from labcheck.log import Log
from labcheck.points import exact
from labcheck.replay import concluded
from labcheck.report import rfc3339
from labcheck.standing import Standing
from labcheck.submission import Submission
from labcheck.verdict import Outcome, Verdict, worst


def marks(labs: Sequence[tuple[str, Lab]], submission: Submission, rules: Rules) -> tuple[LabMark, ...]:
    """What each of these labs that was handed in came to, under the name by which it is handed in."""
    found = (_best(name, lab, submission, rules) for name, lab in labs)
    return tuple(mark for mark in found if mark)


def _best(name: str, lab: Lab, submission: Submission, rules: Rules) -> LabMark | None:
    """The attempt that counts: with the most points, the newest of several; or simply the newest."""
    attempts, excused = submission.attempts(name), rules.excused(name, submission.learner.id)
    counted = attempts if rules.attempt == "best" else attempts[-1:]
    marked = [mark(name, lab.drawn(log.seed), log, rules, excused) for log in counted]
    return max(marked, key=lambda it: (it.points, it.at_most, it.attempt), default=None)


def mark(name: str, lab: Lab, log: Log, rules: Rules, excused: frozenset[str] = frozenset()) -> LabMark:
    """What this attempt comes to; steps that are ``excused`` count neither for nor against."""
    lab = lightened(lab, excused)
    standing = concluded(lab, log.entries, log.began)
    steps = tuple(_step(lab, step, standing, rules, step.id in excused) for step in lab.steps)
    counted = [step for step in steps if not step.excused]
    return LabMark(
        lab=name,
        title=lab.title,
        attempt=log.attempt,
        outcome=worst([step.outcome for step in counted]),
        points=exact(sum(step.points for step in counted)),
        at_most=exact(sum(step.at_most for step in counted)),
        max_points=sum(step.max_points for step in counted),
        steps=steps,
    )


def _step(lab: Lab, step: Step, standing: Standing, rules: Rules, excused: bool) -> StepMark:  # noqa: FBT001 - it is called in one place, by position
    done_at, helped = standing.done.get(step.id), [it.what for it in standing.shown if it.step == step.id]
    outcome, why = _outcome(lab, step, standing)
    points, cost = standing.points(lab, step, rules.share), standing.cost(lab, step)
    is_undecided = done_at is None and outcome is Outcome.INCONCLUSIVE and not standing.is_played(step)
    return StepMark(
        id=step.id,
        title=step.title,
        done=done_at is not None,
        outcome=outcome,
        points=0 if excused else points,
        at_most=0 if excused else step.points - cost if is_undecided else points,
        max_points=step.points,
        excused=excused,
        done_at=None if done_at is None else rfc3339(done_at),
        late=rules.late(done_at),
        hints=helped.count("hint"),
        solution="solution" in helped,
        played="played" in helped,
        cost=cost,
        trouble=None if excused else why,
    )


def _outcome(lab: Lab, step: Step, standing: Standing) -> tuple[Outcome, Verdict | None]:
    """How the step stands, and why it is not done."""
    if step.id in standing.done:
        return Outcome.FAIL if standing.is_broken(lab, step) else Outcome.PASS, None
    return trouble(lab, step, standing)
