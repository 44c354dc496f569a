"""What a learner reads after each command: where they are, and the one thing to type next.

The command comes last, just above the prompt, on its own line. Words carry the meaning; colours only repeat it, and
only when asked for. Prose is wrapped, commands never are.
"""

from __future__ import annotations

from datetime import UTC, tzinfo

from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.render.wording import Focus
from labcheck.render.wrap import WIDTH, beside, bounded, column, set_off, wrapped
from labcheck.report import Report, State, StepReport

LEAD = 3
"""How many lines of the usual width may come before the command."""

COLOURS = {State.DONE: "32", State.NEXT: "1", State.LATER: "2", State.BROKEN: "31", State.UNSEEN: "33"}
BOLD = "1"


def render(report: Report, *, width: int = WIDTH, colour: bool = False, zone: tzinfo = UTC) -> str:
    """The report in words. Times are shown in ``zone``, the reader's."""
    now = _now(report, width, colour=colour, zone=zone)
    if len(report.steps) == 1:
        return _paragraphs(now)
    steps = _steps(wording.listed(report), report, width, colour=colour, zone=zone)
    return _paragraphs(wrapped(prose(report.title), width), steps, wrapped(wording.summary(report), width), now)


def changes(
    before: Report | None, after: Report, *, width: int = WIDTH, colour: bool = False, zone: tzinfo = UTC
) -> str:
    """What is new since the previous report: steps done or broken, and what to type next. Empty if nothing is.

    Without a previous report, everything is new.
    """
    if before is None:
        return render(after, width=width, colour=colour, zone=zone)
    known = {(step.id, wording.state(step)) for step in before.steps}
    fresh = [step for step in wording.listed(after) if (step.id, wording.state(step)) not in known]
    steps = tuple(step for step in fresh if step.state not in {State.NEXT, State.LATER})
    if not steps and _told(before) == _told(after):
        return ""
    now = _now(after, width, colour=colour, zone=zone)
    summary = [] if after.open_step else wrapped(wording.summary(after), width)
    return _paragraphs(_steps(steps, after, width, colour=colour, zone=zone), summary, now)


def _told(report: Report) -> tuple[object, ...]:
    """What the reader was told to do. A reason that differs only in numbers is not news."""
    focus = wording.focus(report)
    return (focus.heading, focus.demand, focus.commands, focus.advice) if focus else ()


def _steps(steps: tuple[StepReport, ...], report: Report, width: int, *, colour: bool, zone: tzinfo) -> list[str]:
    marks = [wording.state(step, report.looked_at, zone) for step in steps]
    start, usual = column(marks, width), column(marks)
    rows = []
    for step, mark in zip(steps, marks, strict=True):
        title, _ = bounded(_titled(step, report, zone), 1, WIDTH - usual)
        first, *rest = beside(mark, title, start, width)
        rows += [_painted(mark, COLOURS[step.state], on=colour) + first.removeprefix(mark), *rest]
    return rows


def _titled(step: StepReport, report: Report, zone: tzinfo) -> str:
    """The step's title, and remarks about it."""
    told = wording.remarks(step, report.looked_at, zone)
    if wording.is_played(step) and step.max_points:
        told += ", no points"  # those of other steps are not listed here
    return f"{prose(step.title)}{told and f' ({told})'}"


def _now(report: Report, width: int, *, colour: bool, zone: tzinfo) -> list[str]:
    focus = wording.focus(report, zone)
    if focus is None:
        return []
    commands = [_painted(set_off(command), BOLD, on=colour) for command in focus.commands]
    advice = [line for text in focus.advice for line in wrapped(text, width)]
    return _paragraphs(_lead(focus, width), commands, advice).splitlines()


def _lead(focus: Focus, width: int) -> list[str]:
    """Heading, demand and reason. If they would not fit into the usual lines, the demand is dropped."""
    reason, taken = bounded(focus.reason, LEAD - 1)
    heading, more = bounded(focus.heading, LEAD - taken)
    demand, _ = bounded(focus.demand, LEAD - taken - more)
    return [line for text in (heading, demand, reason) for line in wrapped(text, width)]


def _painted(text: str, colour: str, *, on: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if on else text


def _paragraphs(*paragraphs: list[str]) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph) + "\n"
