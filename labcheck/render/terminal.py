"""What a learner reads after each command: where they are, and the one thing to type next.

The command comes last, just above the prompt, on its own line. Words carry the meaning; colours only repeat it, and
only when asked for. Prose is wrapped, commands never are.
"""

from __future__ import annotations

import textwrap
from datetime import UTC, tzinfo

from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.render.wording import Focus
from labcheck.report import Report, State, StepReport

WIDTH = 100
LEAD = 3
"""How many lines may come before the command."""

COLOURS = {State.DONE: "32", State.NEXT: "1", State.LATER: "2", State.BROKEN: "31", State.UNSEEN: "33"}
BOLD = "1"


def render(report: Report, *, colour: bool = False, zone: tzinfo = UTC) -> str:
    """The report in words. Times are shown in ``zone``, the reader's."""
    now = _now(report, colour=colour, zone=zone)
    if len(report.steps) == 1:
        return _paragraphs(now)
    steps = _steps(wording.listed(report), report, colour=colour, zone=zone)
    return _paragraphs(wrapped(prose(report.title)), steps, wrapped(wording.summary(report)), now)


def changes(before: Report | None, after: Report, *, colour: bool = False, zone: tzinfo = UTC) -> str:
    """What is new since the previous report: steps done or broken, and what to type next. Empty if nothing is.

    Without a previous report, everything is new.
    """
    if before is None:
        return render(after, colour=colour, zone=zone)
    known = {(step.id, wording.state(step)) for step in before.steps}
    fresh = [step for step in wording.listed(after) if (step.id, wording.state(step)) not in known]
    steps = tuple(step for step in fresh if step.state not in {State.NEXT, State.LATER})
    if not steps and _told(before) == _told(after):
        return ""
    now = _now(after, colour=colour, zone=zone)
    summary = [] if after.open_step else wrapped(wording.summary(after))
    return _paragraphs(_steps(steps, after, colour=colour, zone=zone), summary, now)


def _told(report: Report) -> tuple[object, ...]:
    """What the reader was told to do. A reason that differs only in numbers is not news."""
    focus = wording.focus(report)
    return (focus.heading, focus.demand, focus.commands, focus.advice) if focus else ()


def _steps(steps: tuple[StepReport, ...], report: Report, *, colour: bool, zone: tzinfo) -> list[str]:
    marks = [wording.state(step, report.looked_at, zone) for step in steps]
    width = max(map(len, marks), default=0) + 2
    return [
        (_painted(mark, COLOURS[step.state], on=colour) + " " * (width - len(mark)) + title).rstrip()
        for step, mark in zip(steps, marks, strict=True)
        for title in wrapped(_titled(step, report, zone), 1, WIDTH - width) or [""]
    ]


def _titled(step: StepReport, report: Report, zone: tzinfo) -> str:
    """The step's title, and remarks about it."""
    told = wording.remarks(step, report.looked_at, zone)
    return f"{prose(step.title)}{told and f' ({told})'}"


def _now(report: Report, *, colour: bool, zone: tzinfo) -> list[str]:
    focus = wording.focus(report, zone)
    if focus is None:
        return []
    commands = [_painted(set_off(command), BOLD, on=colour) for command in focus.commands]
    advice = [line for text in focus.advice for line in wrapped(text)]
    return _paragraphs(_lead(focus), commands, advice).splitlines()


def _lead(focus: Focus) -> list[str]:
    """Heading, demand and reason, in the available lines. If they do not fit, the demand is dropped."""
    reason = wrapped(focus.reason, LEAD - 1)
    heading = wrapped(focus.heading, LEAD - len(reason))
    return [*heading, *wrapped(focus.demand, LEAD - len(reason) - len(heading)), *reason]


def set_off(command: str) -> str:
    """The command, set off from the prose; one of several lines stays at the margin, as a here-document requires."""
    return command if "\n" in command else f"    {command}"


def wrapped(text: str, lines: int | None = None, width: int = WIDTH) -> list[str]:
    """The text wrapped to this width, in at most ``lines`` lines; a command that is set off stays whole."""
    if lines == 0:
        return []
    if lines is None and text.startswith("    "):
        return [text]
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" ...", break_on_hyphens=False)


def _painted(text: str, colour: str, *, on: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if on else text


def _paragraphs(*paragraphs: list[str]) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph) + "\n"
