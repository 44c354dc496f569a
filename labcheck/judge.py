"""From a lab and the log of an attempt to a report. A pure function: no I/O, no clock.

So the same evidence can be judged again next year, on another machine, by a corrected lab.

- A step is *done* once a look at or after its prerequisites' passed it. It stays done, and keeps its points.
- It *holds* if the newest look still passes it.
- It is *broken* if it is done, no longer holds, and no step that was reached undoes it.
- A step whose prerequisite is not done is skipped; where the prerequisite could not be seen, it is judged anyway.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from labcheck.check import Check
from labcheck.diagnoses import diagnose, note
from labcheck.diagnosis import Explanation
from labcheck.lab import Lab, Step
from labcheck.log import Log
from labcheck.replay import Standing, replay
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Finding, Fix, Outcome, Verdict, worst

REPEAT = "Repeat from this step on. labcheck watch {lab} looks after each command for you."


def judge(lab: Lab, log: Log) -> Report:
    """How the lab stands by this log."""
    standing = replay(lab, log)
    steps = [_step(lab, step, log, standing) for step in lab.steps]
    upcoming = _next(steps)
    if upcoming is not None:
        steps = [_marked(step, upcoming) for step in steps]
    return Report(
        lab=lab.slug,
        title=lab.title,
        attempt=log.attempt,
        looked_at=_time(log.looks[-1].until) if log.looks else None,
        outcome=worst([step.outcome for step in steps]),
        points=sum(step.points for step in steps),
        max_points=sum(step.max_points for step in steps),
        next=upcoming.id if upcoming else None,
        steps=tuple(steps),
    )


def _step(lab: Lab, step: Step, log: Log, standing: Standing) -> StepReport:
    done = standing.done.get(step.id)
    now = _newest(step, log, standing)
    holds = None if not done else _holds(now)
    broken = holds is False and not _is_undone(lab, step, standing)
    verdicts = _verdicts(lab, step, log, now) if broken or not done else _settled(step, now, log)
    blocker = standing.blocker(step)
    if not done and blocker:
        outcome = Outcome.SKIP
        verdicts = tuple(
            Verdict(verdict.title, Outcome.SKIP, why=f"First comes: {lab.step(blocker).title}.") for verdict in verdicts
        )
    else:
        outcome = worst([verdict.outcome for verdict in verdicts])
    return StepReport(
        id=step.id,
        title=step.title,
        outcome=Outcome.PASS if done and not broken else outcome,
        done=done is not None,
        done_at=_time(done.at) if done else None,
        holds_now=holds,
        broken_since=_time(_broken_since(step, log)) if broken else None,
        points=step.points if done else 0,
        max_points=step.points,
        state=State.BROKEN if broken else State.DONE if done else State.LATER,
        checks=verdicts,
    )


def _newest(step: Step, log: Log, standing: Standing) -> tuple[Finding, ...]:
    """The step's findings by the newest look; for a question or a step not done, as they were found before."""
    if step.question or step.id not in standing.done:
        empty = Finding(Outcome.INCONCLUSIVE, actual="nobody has looked yet")
        return standing.findings.get(step.id, (empty,) * max(1, len(step.checks)))
    return tuple(check.judge(log) for check in step.checks)


def _holds(findings: tuple[Finding, ...]) -> bool | None:
    outcome = worst([finding.outcome for finding in findings])
    return {Outcome.PASS: True, Outcome.FAIL: False}.get(outcome)


def _is_undone(lab: Lab, step: Step, standing: Standing) -> bool:
    """Whether a step that undoes this one was reached."""
    return any(step.id in other.undoes and not standing.blocker(other) for other in lab.steps)


def _broken_since(step: Step, log: Log) -> int:
    """When the first look of those that found it broken, without one in between that did not, saw it."""
    since = log.looks[-1].at
    for moment in reversed(list(log.prefixes())):
        holds = _holds(tuple(check.judge(moment) for check in step.checks))
        if holds:
            break
        since = moment.looks[-1].at if holds is False else since
    return since


def _verdicts(lab: Lab, step: Step, log: Log, findings: tuple[Finding, ...]) -> tuple[Verdict, ...]:
    """The findings with their reasons."""
    if step.question:
        return (_asked(lab, step, log, findings[0]),)
    return tuple(_explained(lab, step, log, check, found) for check, found in zip(step.checks, findings, strict=True))


def _explained(lab: Lab, step: Step, log: Log, check: Check, finding: Finding) -> Verdict:
    if finding.outcome is Outcome.PASS:
        return Verdict(check.title, Outcome.PASS, finding.expected, finding.actual)
    if found := diagnose(check, log):
        name, explanation = found
        why, fix = explanation.why, explanation.fix
    elif finding.outcome is Outcome.INCONCLUSIVE:
        again = Fix(_repeated(lab, step, log), REPEAT.format(lab=lab.typed))
        name, why, fix = None, "", again if _was_missed(check, log) else Fix()
    else:
        name, why, fix = None, "", check.fix(log) or Fix(step.commands)
    return Verdict(check.title, finding.outcome, finding.expected, finding.actual, name, why, fix)


def _repeated(lab: Lab, step: Step, log: Log) -> tuple[str, ...]:
    """The step's commands, after those of the steps it builds upon whose effect is gone."""
    before = [lab.step(name) for name in step.after]
    gone = [it for it in before if any(check.judge(log).outcome is Outcome.FAIL for check in it.checks)]
    commands = [command for it in gone for command in _repeated(lab, it, log)]
    return tuple(dict.fromkeys((*commands, *step.commands)))


def _was_missed(check: Check, log: Log) -> bool:
    """Whether it is inconclusive because nobody looked in time, not because nobody could look now."""
    return bool(log.looks) and (check.judge(log).outcome is Outcome.FAIL or check.recall(log) is not None)


def _asked(lab: Lab, step: Step, log: Log, finding: Finding) -> Verdict:
    question, answers = step.question, log.answers(step.id)
    assert question is not None  # noqa: S101 - for the type checker: the caller asked
    why = question.why_wrong(answers[-1].value) if answers and finding.outcome is Outcome.FAIL else ""
    answer = Fix((*step.commands, f"labcheck answer {lab.typed} {step.id} {question.placeholder}"), question.advice)
    return Verdict(question.title, finding.outcome, finding.expected, finding.actual, None, why, answer)


def _settled(step: Step, findings: tuple[Finding, ...], log: Log) -> tuple[Verdict, ...]:
    """The verdicts of a step that is done and not broken: they passed, whatever a later step did since."""
    if step.question:
        return (Verdict(step.question.title, Outcome.PASS, actual=findings[0].actual),)
    return tuple(_met(check, found, log) for check, found in zip(step.checks, findings, strict=True))


def _met(check: Check, finding: Finding, log: Log) -> Verdict:
    if finding.outcome is not Outcome.PASS:
        return Verdict(check.title, Outcome.PASS)
    name, noted = note(check, log) or (None, Explanation("", Fix()))
    return Verdict(check.title, Outcome.PASS, "", finding.actual, name, noted.why, noted.fix)


def _next(steps: list[StepReport]) -> StepReport | None:
    """The step to explain: the first that is broken, else the first that is open."""
    broken = [step for step in steps if step.state is State.BROKEN]
    opened = [step for step in steps if not step.done and step.outcome is not Outcome.SKIP]
    return next(iter(broken + opened), None)


def _marked(step: StepReport, upcoming: StepReport) -> StepReport:
    if step.state is not State.LATER:
        return step
    if step.outcome is Outcome.INCONCLUSIVE:
        return replace(step, state=State.UNSEEN)
    return replace(step, state=State.NEXT) if step.id == upcoming.id else step


def _time(nanoseconds: int) -> str:
    moment = datetime.fromtimestamp(nanoseconds // 1_000_000 / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
