"""Replay the log of an attempt, look by look: which steps became done, when, and how the others came out.

A step is done once a look at or after its prerequisites' passed it. A step whose prerequisite is not done is
blocked; where the prerequisite could only not be seen, it is judged anyway. A question is judged by the look that
completed the step it asks about.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labcheck.check import Check, failed, unseen
from labcheck.lab import Lab, Step
from labcheck.log import Log
from labcheck.question import Question
from labcheck.verdict import Finding, Outcome, worst


@dataclass(frozen=True, slots=True)
class Done:
    """When a step was done, and the log as it stood then; no log where only the engine's events prove it."""

    at: int
    log: Log | None


@dataclass(slots=True)
class Standing:
    """How the steps stand while the log is replayed: which are done, and how the others came out."""

    done: dict[str, Done] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def blocker(self, step: Step) -> str | None:
        """The first prerequisite that is not done, unless it is only that nobody could see it."""
        for name in step.after:
            if name not in self.done and self.outcome(name) is not Outcome.INCONCLUSIVE:
                return name
        return None

    def outcome(self, name: str) -> Outcome:
        """How a step that is not done came out at the newest look; a blocked one is skipped."""
        if name not in self.findings:
            return Outcome.SKIP
        return worst([finding.outcome for finding in self.findings[name]])


def replay(lab: Lab, log: Log) -> Standing:
    """How the steps stand after all looks of the log."""
    standing = Standing()
    for moment in log.prefixes():
        _advance(lab, moment, standing)
    _answers(lab, log, standing)
    return standing


def _advance(lab: Lab, moment: Log, standing: Standing) -> None:
    """Judge what is not done yet by one more look."""
    for step in lab.steps:
        if step.question or step.id in standing.done:
            continue
        standing.findings.pop(step.id, None)
        if standing.blocker(step):
            continue
        now = tuple(check.judge(moment) for check in step.checks)
        past = tuple(_recalled(check, finding, moment) for check, finding in zip(step.checks, now, strict=True))
        standing.findings[step.id] = past
        if standing.outcome(step.id) is Outcome.PASS:
            standing.done[step.id] = Done(moment.looks[-1].at, moment if past == now else None)


def _recalled(check: Check, finding: Finding, moment: Log) -> Finding:
    """What the engine's events say in favour of a check that does not pass by what is there now."""
    if finding.outcome is Outcome.PASS:
        return finding
    recalled = check.recall(moment)
    return recalled if recalled and recalled.outcome.severity <= finding.outcome.severity else finding


def _answers(lab: Lab, log: Log, standing: Standing) -> None:
    """Judge the answers, each by the look that completed the step it asks about. The first right one counts."""
    for step in lab.steps:
        if step.question is None or standing.blocker(step):
            continue
        asked_about = [standing.done[name] for name in step.after if name in standing.done]
        moment = max(asked_about, key=lambda done: done.at, default=Done(log.began, log))
        answers, ready = log.answers(step.id), len(asked_about) == len(step.after)
        basis = moment.log if ready else None
        if not step.question.answer.queries and (ready or answers):
            basis = log
        for answer in answers:
            finding = _answer(step.question, answer.value, basis)
            standing.findings[step.id] = (finding,)
            if finding.outcome is Outcome.PASS:
                standing.done[step.id] = Done(max(answer.at, moment.at), basis)
                break
        if not answers:
            standing.findings[step.id] = (_answer(step.question, None, basis),)


def _answer(question: Question, value: str | None, basis: Log | None) -> Finding:
    """How an answer is judged by the log as it stood when there was something to ask about."""
    if basis is None:
        return unseen(question.wanted, "nobody looked in time to know the right answer")
    return failed(question.wanted, "not answered yet") if value is None else question.judge(value, basis)
