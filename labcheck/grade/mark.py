"""(labs, Submission, Rules) -> marks: what a submission comes to. A pure function: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from labcheck.grade.rules import Rules
from labcheck.gradebook import LabMark, StepMark
from labcheck.judge import reported
from labcheck.lab import Lab
from labcheck.log import Log
from labcheck.replay import Standing, replay, start
from labcheck.report import StepReport
from labcheck.submission import Submission


def marks(labs: Sequence[tuple[str, Lab]], submission: Submission, rules: Rules) -> tuple[LabMark, ...]:
    """What each of these labs that was handed in came to, under the name by which it is handed in."""
    found = (_best(name, lab, submission.attempts(name), rules) for name, lab in labs)
    return tuple(mark for mark in found if mark)


def _best(name: str, lab: Lab, attempts: Sequence[Log], rules: Rules) -> LabMark | None:
    """The attempt that counts: with the most points, the newest of several; or simply the newest."""
    counted = attempts if rules.attempt == "best" else attempts[-1:]
    marked = [mark(name, lab.drawn(log.seed), log, rules) for log in counted]
    return max(marked, key=lambda it: (it.points, it.attempt), default=None)


def mark(name: str, lab: Lab, log: Log, rules: Rules) -> LabMark:
    """What this attempt comes to."""
    standing = replay(lab, start(lab, log.began), log.entries)
    report = reported(lab, standing, log.attempt)
    steps = tuple(_step(step, standing, rules) for step in report.steps)
    return LabMark(
        lab=name,
        title=lab.title,
        attempt=log.attempt,
        outcome=report.outcome,
        points=round(sum(step.points for step in steps), 2),
        max_points=report.max_points,
        steps=steps,
    )


def _step(step: StepReport, standing: Standing, rules: Rules) -> StepMark:
    done_at = standing.done.get(step.id)
    return StepMark(
        id=step.id,
        title=step.title,
        done=step.done,
        outcome=step.outcome,
        points=round(step.points * rules.share(done_at), 2),
        max_points=step.max_points,
        done_at=step.done_at,
        late=rules.late(done_at),
        hints=sum(it.what == "hint" for it in step.shown),
        solution=any(it.what == "solution" for it in step.shown),
        played=any(it.what == "played" for it in step.shown),
        trouble=None if step.done else step.trouble,
    )
