"""From a lab and the log of an attempt to a report. A pure function: no I/O, no clock.

The same evidence can be judged again next year, on another machine, by a corrected lab.

- A step is *done* once a look passed it, at or after the look that completed its prerequisites. It stays done.
- It *holds* if it still passes at the newest look.
- It is *broken* if it is done, no longer holds, and no step that was reached undoes it.
- A step whose prerequisite is not done is skipped; if the prerequisite could not be observed, it is judged anyway.
"""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from labcheck.cause import NotAsked
from labcheck.check import Check
from labcheck.lab import Lab, Step
from labcheck.log import Log
from labcheck.mistake import diagnose, note
from labcheck.past import Past
from labcheck.points import exact
from labcheck.question import Question
from labcheck.replay import replay, start
from labcheck.report import Best, Help, Report, State, StepReport, Tried, rfc3339
from labcheck.standing import Given, Standing
from labcheck.verdict import Explanation, Finding, Fix, Outcome, Verdict, worst

WATCH = "labcheck watch {lab} looks after each command for you."
REPEAT = f"Repeat the lab from this step. {WATCH}"


def judge(lab: Lab, log: Log) -> Report:
    """How the lab stands according to this log."""
    return reported(lab, replay(lab, start(lab, log.began), log.entries), log.attempt)


def reported(lab: Lab, standing: Standing, attempt: int, best: Best | None = None) -> Report:
    """The report on a standing, with explanations; the log is not folded again."""
    steps = [step_report(lab, step, standing) for step in lab.steps]
    upcoming = _next(steps)
    if upcoming is not None:
        steps = [_marked(step, upcoming) for step in steps]
    look = standing.past.look
    return Report(
        lab=lab.slug,
        title=lab.title,
        attempt=attempt,
        looked_at=rfc3339(look.until) if look else None,
        outcome=worst([step.outcome for step in steps]),
        points=exact(sum(step.points for step in steps)),
        max_points=sum(step.max_points for step in steps),
        next=upcoming.id if upcoming else None,
        steps=tuple(steps),
        best=best,
        seed=lab.seed or UNSET,
        costs=lab.costs or UNSET,
    )


def tried(lab: Lab, standing: Standing, attempt: int) -> Tried:
    """The attempt as an entry in a list of attempts."""
    report = reported(lab, standing, attempt)
    return Tried(
        attempt=attempt,
        began=rfc3339(standing.past.began),
        looked_at=report.looked_at,
        outcome=report.outcome,
        done=len(standing.done.keys() & {step.id for step in lab.steps}),
        steps=len(lab.steps),
        points=report.points,
        max_points=report.max_points,
    )


def step_report(lab: Lab, step: Step, standing: Standing) -> StepReport:
    """How one step stands, with explanations, as if no step came next."""
    done_at = standing.done.get(step.id)
    done = done_at is not None
    holds = standing.holds(step.id) if done else None
    broken = standing.is_broken(lab, step)
    findings, blocker = _findings(step, standing), standing.blocker(step)
    if not done and blocker:
        verdicts = tuple(_skipped(lab, it, blocker) for it in _asked_of(step))
    elif broken or not done:
        verdicts = tuple(_verdict(lab, step, standing, place, it) for place, it in enumerate(findings))
    else:
        verdicts = _settled(step, findings, standing)
    outcome = worst([verdict.outcome for verdict in verdicts])
    return StepReport(
        id=step.id,
        title=step.title,
        outcome=Outcome.PASS if done and not broken else outcome,
        done=done,
        done_at=None if done_at is None else rfc3339(done_at),
        holds_now=holds,
        broken_since=rfc3339(standing.broken[step.id]) if broken else None,
        points=standing.points(lab, step),
        max_points=step.points,
        state=State.BROKEN if broken else State.DONE if done else State.LATER,
        checks=verdicts,
        tries=_tries(standing.answers.get(step.id, ())) if step.question else None,
        shown=tuple(Help(it.what, rfc3339(it.at)) for it in standing.shown if it.step == step.id),
    )


def trouble(lab: Lab, step: Step, standing: Standing) -> tuple[Outcome, Verdict | None]:
    """How a step that is not done stands, and why it is not: as in its report, but nothing else of it is explained.

    What no look ever asked comes first, if that keeps it undecided.
    """
    if blocker := standing.blocker(step):
        return Outcome.SKIP, _skipped(lab, _asked_of(step)[0], blocker)
    findings = _findings(step, standing)
    outcome = worst([it.outcome for it in findings])
    if outcome is Outcome.PASS:
        return outcome, None
    places = [place for place, it in enumerate(findings) if it.outcome is outcome]
    unasked = (it for it in places if outcome is Outcome.INCONCLUSIVE and isinstance(findings[it].cause, NotAsked))
    place = next(unasked, places[0])
    return outcome, _verdict(lab, step, standing, place, findings[place])


def _asked_of(step: Step) -> tuple[Check | Question, ...]:
    return (step.question,) if step.question else step.checks


def _skipped(lab: Lab, it: Check | Question, blocker: str) -> Verdict:
    return Verdict(it.title, Outcome.SKIP, why=f"First comes: {lab.step(blocker).title}.")


def _tries(answers: tuple[Given, ...]) -> int:
    """How many answers were given up to and including the first right one; all of them, if none is right."""
    right = (place for place, it in enumerate(answers, 1) if it.finding and it.finding.outcome is Outcome.PASS)
    return next(right, len(answers))


def _findings(step: Step, standing: Standing) -> tuple[Finding, ...]:
    """The finding of each check of the step at the newest look."""
    empty = Finding(Outcome.INCONCLUSIVE, actual="nobody has looked yet")
    return standing.findings.get(step.id, (empty,) * max(1, len(step.checks)))


def _verdict(lab: Lab, step: Step, standing: Standing, place: int, finding: Finding) -> Verdict:
    """The finding of the check at this place, or of the step's question, with its explanation."""
    if step.question:
        return _asked(lab, step, step.question, standing, finding)
    check = step.checks[place]
    if not standing.is_explained(step):
        return _unexplained(lab, step, check, finding)
    return _explained(lab, step, standing.past, check, finding)


def _unexplained(lab: Lab, step: Step, check: Check, finding: Finding) -> Verdict:
    """Whether the demand is met, and where we could not look, why; to find out what is wrong is the learner's task."""
    if finding.outcome is not Outcome.FAIL:
        return Verdict(check.title, finding.outcome, finding.expected, finding.actual, cause=finding.cause or UNSET)
    actual = "not so; finding out why is your task"
    advice = f"If you are stuck, labcheck hint {lab.typed} {step.id} helps. After that, labcheck explains what it sees."
    return Verdict(check.title, Outcome.FAIL, finding.expected, actual, fix=Fix(advice=advice))


def _explained(lab: Lab, step: Step, past: Past, check: Check, finding: Finding) -> Verdict:
    if finding.outcome is Outcome.PASS:
        return Verdict(check.title, Outcome.PASS, finding.expected, finding.actual)
    if found := diagnose(check, past):
        name, explanation = found
        why, fix = explanation.why, explanation.fix
    elif finding.outcome is Outcome.INCONCLUSIVE:
        again = Fix(_repeated(lab, step, past), REPEAT.format(lab=lab.typed))
        name, why, fix = None, "", again if _was_missed(check, past) else Fix()
    else:
        name, why, fix = None, "", check.fix(past) or Fix(step.commands)
    cause = finding.cause or UNSET
    return Verdict(check.title, finding.outcome, finding.expected, finding.actual, name, why, fix, cause)


def _repeated(lab: Lab, step: Step, past: Past) -> tuple[str, ...]:
    """The step's commands, preceded by those of the steps it builds on whose effect is gone."""
    before = [lab.step(name) for name in step.after]
    gone = [it for it in before if any(check.judge(past).outcome is Outcome.FAIL for check in it.checks)]
    commands = [command for it in gone for command in _repeated(lab, it, past)]
    return tuple(dict.fromkeys((*commands, *step.commands)))


def _was_missed(check: Check, past: Past) -> bool:
    """Whether it is inconclusive because nobody looked in time, rather than because we cannot look now."""
    return past.look is not None and (check.judge(past).outcome is Outcome.FAIL or check.recall(past) is not None)


def _asked(lab: Lab, step: Step, question: Question, standing: Standing, finding: Finding) -> Verdict:
    answers = standing.answers.get(step.id, ())
    is_wrong = answers and finding.outcome is Outcome.FAIL
    why = question.why_wrong(answers[-1].value, question.answer.mistaken(standing.past)) if is_wrong else ""
    answer = Fix((*step.commands, f"labcheck answer {lab.typed} {step.id} {question.placeholder}"), question.advice)
    return Verdict(question.title, finding.outcome, finding.expected, finding.actual, None, why, answer)


def _settled(step: Step, findings: tuple[Finding, ...], standing: Standing) -> tuple[Verdict, ...]:
    """The verdicts of a step that is done and not broken: they pass, whatever a later step has undone."""
    if step.question:
        newest = standing.answers[step.id][-1].finding
        wrong = newest is not None and newest.outcome is Outcome.FAIL
        why = f"Y{newest.actual[1:]}, but {findings[0].actual}, and that one counts" if newest and wrong else ""
        return (Verdict(step.question.title, Outcome.PASS, actual=findings[0].actual, why=why),)
    return tuple(_met(check, found, standing.past) for check, found in zip(step.checks, findings, strict=True))


def _met(check: Check, finding: Finding, past: Past) -> Verdict:
    if finding.outcome is not Outcome.PASS:
        return Verdict(check.title, Outcome.PASS)
    name, noted = note(check, past) or (None, Explanation("", Fix()))
    return Verdict(check.title, Outcome.PASS, "", finding.actual, name, noted.why, noted.fix)


def _next(steps: list[StepReport]) -> StepReport | None:
    """The step to explain: the first broken one, else the first open one."""
    broken = [step for step in steps if step.state is State.BROKEN]
    opened = [step for step in steps if not step.done and step.outcome is not Outcome.SKIP]
    return next(iter(broken + opened), None)


def _marked(step: StepReport, upcoming: StepReport) -> StepReport:
    if step.state is not State.LATER:
        return step
    if step.outcome is Outcome.INCONCLUSIVE:
        return replace(step, state=State.UNSEEN)
    return replace(step, state=State.NEXT) if step.id == upcoming.id else step
