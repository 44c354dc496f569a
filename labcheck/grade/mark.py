"""(labs, Submission, Rules) -> marks: what a submission comes to. A pure function: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from labcheck.cause import NotAsked
from labcheck.grade.excuse import lightened
from labcheck.grade.rules import Rules
from labcheck.gradebook import LabMark, StepMark
from labcheck.judge import reported
from labcheck.lab import Lab
from labcheck.log import Log
from labcheck.points import exact
from labcheck.replay import replay, start
from labcheck.report import StepReport
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
    standing = replay(lab, start(lab, log.began), log.entries)
    report = reported(lab, standing, log.attempt)
    steps = tuple(
        _step(lab, told, standing, rules) if told.id not in excused else _excused(told) for told in report.steps
    )
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


def _step(lab: Lab, told: StepReport, standing: Standing, rules: Rules) -> StepMark:
    step, helped = lab.step(told.id), [it.what for it in told.shown]
    points, cost = standing.points(lab, step, rules.share), standing.cost(lab, step)
    is_undecided = not told.done and told.outcome is Outcome.INCONCLUSIVE and not standing.is_played(step)
    return StepMark(
        id=told.id,
        title=told.title,
        done=told.done,
        outcome=told.outcome,
        points=points,
        at_most=step.points - cost if is_undecided else points,
        max_points=told.max_points,
        done_at=told.done_at,
        late=rules.late(standing.done.get(told.id)),
        hints=helped.count("hint"),
        solution="solution" in helped,
        played="played" in helped,
        cost=cost,
        trouble=None if told.done else _trouble(told),
    )


def _trouble(told: StepReport) -> Verdict | None:
    """Why it is not done. What no look ever asked comes first: it is what kept the step from being judged."""
    unasked = (it for it in told.checks if isinstance(it.cause, NotAsked))
    return next(unasked, told.trouble) if told.outcome is Outcome.INCONCLUSIVE else told.trouble


def _excused(told: StepReport) -> StepMark:
    return StepMark(
        id=told.id,
        title=told.title,
        done=told.done,
        outcome=told.outcome,
        points=0,
        at_most=0,
        max_points=told.max_points,
        excused=True,
        done_at=told.done_at,
    )
