"""The words for people, shared by all formats: how a step stands, and what to do about it now.

The reader is in the middle of learning something. So there is no FAIL here, only the first open step is explained, and
an engine that does not answer is mentioned once, not for every step.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import msgspec
from msgspec.structs import replace

from labcheck.costs import Costs
from labcheck.points import written
from labcheck.render.printable import lines, prose, sentence
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Outcome, Verdict


class Focus(msgspec.Struct, frozen=True):
    """The one thing to look at now: which demand, why it is not met, and what to type. Already made safe to show."""

    heading: str
    demand: str = ""
    reason: str = ""
    commands: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


STEP = {
    State.DONE: "done",
    State.NEXT: "next",
    State.LATER: "later",
    State.BROKEN: "broken",
    State.UNSEEN: "could not look",
}
"""How a step stands, in a word or two."""


def state(step: StepReport, looked_at: str | None = None, zone: tzinfo = UTC) -> str:
    """How the step stands; if it broke, since when."""
    word = STEP[step.state]
    since = moment(step.broken_since, looked_at, zone) if step.state is State.BROKEN else ""
    return f"{word} since {since}" if since else word


def finding(step: StepReport, verdict: Verdict) -> str:
    """How one demand of the step stands."""
    if verdict.outcome is Outcome.FAIL:
        return "no longer" if step.state is State.BROKEN else "not yet"
    return {Outcome.PASS: "done", Outcome.SKIP: "later"}.get(verdict.outcome, "could not look")


def details(step: StepReport, verdict: Verdict) -> tuple[str, ...]:
    """Everything about one demand of the step except its fix; for one that is met, only that."""
    told = (f"{finding(step, verdict)}: {sentence(verdict.title)}",)
    if verdict.outcome is Outcome.PASS:
        return told
    seen = "Reason" if verdict.outcome is Outcome.INCONCLUSIVE else "Seen"
    parts = {"Expected": verdict.expected, seen: verdict.actual, "Why": verdict.why, "Diagnosis": verdict.diagnosis}
    return told + tuple(f"{word}: {sentence(text)}" for word, text in parts.items() if text)


def points(earned: float, of: int) -> str:
    """The points in words; empty if the lab has no points."""
    return f"{written(earned)} of {of} points" if of else ""


def worth(count: int) -> str:
    """So many points, in words."""
    return f"{count} point{'' if count == 1 else 's'}"


def costs(report: Report) -> str:
    """What help takes from a step that is not done; empty where it takes nothing."""
    taken = report.costs or Costs()
    told = [f"each hint takes {worth(taken.hint)}"] if taken.hint else []
    told += [f"the solution {'' if told else 'takes '}{worth(taken.solution)}"] if taken.solution else []
    return f"Until a step is done, {', '.join(told)} from it." if told else ""


def remarks(step: StepReport, looked_at: str | None = None, zone: tzinfo | None = UTC) -> str:
    """How many tries an answer took, and what was shown, and when; without a zone, no times are given."""
    told = [f"{step.tries} tries"] if step.tries and step.tries > 1 else []
    for it in step.shown:
        at = moment(it.at, looked_at, zone) if zone else ""
        how = "played for you" if it.what == "played" else f"{it.what} shown"
        told.append(f"{how}{at and f' at {at}'}")
    return ", ".join(dict.fromkeys(told))


def best(report: Report) -> str:
    """The earlier attempt with at least as many points; empty if there is none."""
    if report.best is None or report.best.attempt == report.attempt:
        return ""
    return f"Your best attempt is number {report.best.attempt}, with {points(report.best.points, report.max_points)}."


def is_played(step: StepReport) -> bool:
    """Whether the step's solution was played for the learner."""
    return any(it.what == "played" for it in step.shown)


def played(report: Report) -> str:
    """How many steps were played for the learner, so give no points; empty if none was."""
    count = sum(is_played(step) for step in report.steps)
    return f"{count} step{'s were' if count > 1 else ' was'} played for you." if count else ""


def summary(report: Report) -> str:
    """How the whole lab stands, in one sentence; in others, what was played, the best attempt, and what help costs."""
    done = sum(step.state is State.DONE for step in report.steps)
    score = points(report.points, report.max_points)
    if report.outcome is Outcome.PASS:
        return _sentences(f"Well done! All {len(report.steps)} steps are done{score and f', {score}'}.", report)
    outcome = "undecided" if report.outcome is Outcome.INCONCLUSIVE else "not finished yet"
    if any(step.state is State.BROKEN for step in report.steps):
        outcome = "something no longer holds"
    return _sentences(f"{done} of {len(report.steps)} steps done{score and f', {score}'}: {outcome}.", report)


def _sentences(first: str, report: Report) -> str:
    help_ = costs(report) if report.outcome is not Outcome.PASS else ""
    return " ".join(filter(None, (first, played(report), best(report), help_)))


def listed(report: Report) -> tuple[StepReport, ...]:
    """The steps to list: all, or, if we could not look, those about which something is known nevertheless."""
    known = {State.DONE, State.BROKEN} if _is_blind(report) else State
    return tuple(step for step in report.steps if step.state in known)


def focus(report: Report, zone: tzinfo = UTC) -> Focus | None:
    """What to explain: the open step; in a report on one step, that step; for a lab that is done, its last note."""
    step = report.open_step or (report.steps[0] if len(report.steps) == 1 else None)
    if step is None:
        noted = [step for step in report.steps if step.note]
        return explained(noted[-1], "By the way:") if noted else None
    if _is_blind(report):
        return replace(explained(step, "Could not look."), demand="")
    word = state(step, report.looked_at, zone)
    if step.state is State.LATER and step.outcome is Outcome.FAIL:
        word = "not yet"  # nothing blocks it: another step is next only because it comes first
    heading = f"{word[0].upper()}{word[1:]}: {prose(step.title)}"
    told = (points(step.points, step.max_points), remarks(step, report.looked_at, zone))
    if step.state is State.DONE and any(told):
        heading += f" ({', '.join(filter(None, told))})"
    return explained(step, heading)


def explained(step: StepReport, heading: str) -> Focus:
    """Why the step is not done, or what is worth knowing now that it is, under this heading."""
    verdict = step.trouble or step.note
    if verdict is None:
        return Focus(heading)
    commands = tuple("\n".join(lines(command)) for command in verdict.fix.commands)
    return Focus(heading, _demand(step, verdict), _reason(verdict), commands, lines(verdict.fix.advice))


def moment(time: str | None, looked_at: str | None = None, zone: tzinfo = UTC) -> str:
    """The time of day, with the date unless it is the day of the look; empty if there is no time."""
    then, look = instant(time, zone), instant(looked_at, zone)
    if then is None:
        return ""
    shape = "%H:%M" if look and look.date() == then.date() else "%Y-%m-%d %H:%M"
    return f"{then:{shape}}{' UTC' if zone is UTC else ''}"


def instant(time: str | None, zone: tzinfo = UTC) -> datetime | None:
    """The time as a value; ``None`` if there is none, or if it is not valid RFC 3339."""
    try:
        then = datetime.fromisoformat(time or "")
        return then.astimezone(zone) if then.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _is_blind(report: Report) -> bool:
    """Whether a single reason, named or the same everywhere, keeps us from seeing the next step and others."""
    unseen = [step for step in report.steps if step.state is State.UNSEEN]
    if len(unseen) == 1 or report.open_step not in unseen:  # a single unseen step is shown like any other
        return False
    reasons = {_reason(step.trouble) for step in unseen if step.trouble}
    named = any(verdict.diagnosis for verdict in unseen[0].checks)
    return len(reasons) == 1 or (named and not any(step.state in {State.NEXT, State.LATER} for step in report.steps))


def _demand(step: StepReport, verdict: Verdict) -> str:
    if verdict.outcome in {Outcome.SKIP, Outcome.PASS}:
        return ""
    if _asks(verdict):
        return f"To answer: {prose(verdict.title)}"
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return f"Not seen: {sentence(verdict.title)}"
    if verdict.expected and not verdict.why:
        return f"Expected: {sentence(verdict.expected)}"
    return f"{finding(step, verdict).capitalize()}: {sentence(verdict.title)}"


def _reason(verdict: Verdict) -> str:
    if verdict.why:
        return sentence(verdict.why) + (f" ({prose(verdict.diagnosis)})" if verdict.diagnosis else "")
    actual = sentence(verdict.actual)
    if verdict.outcome is Outcome.FAIL and _asks(verdict):
        expected = verdict.expected and f"Expected: {sentence(verdict.expected)}"
        return " ".join(part for part in (actual[:1].upper() + actual[1:], expected) if part)
    return actual and f"{'Seen' if verdict.outcome is Outcome.FAIL else 'Reason'}: {actual}"


def _asks(verdict: Verdict) -> bool:
    """Whether the demand is a question, ending with a question mark."""
    return verdict.title.rstrip().endswith("?")
