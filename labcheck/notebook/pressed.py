"""The messages to a page, and what its buttons do: check, hint, solution, answer, reset, goto, submit.

Each does what the command of that name does, through :mod:`labcheck.attempt`, and reports the result in one sentence.
How the lab stands then, the page learns from the board, like all others that show the lab.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from labcheck import rewind
from labcheck.attempt import Attempt, opened
from labcheck.errors import LabcheckError
from labcheck.lab import Lab, slugs
from labcheck.notebook.ladder import offered, told
from labcheck.notebook.on_wall import decided, on_wall
from labcheck.notebook.original import lesson
from labcheck.notebook.spoken import in_cells
from labcheck.render import wording
from labcheck.render.interactive import OnWall, announced, going, live, removal
from labcheck.render.printable import sentence, visible
from labcheck.report import Report
from labcheck.verdict import Outcome


class Pressed(msgspec.Struct, frozen=True):
    """The button that was pressed on a page, for which step, and what was typed there."""

    do: Literal[
        "check",
        "hint",
        "solution",
        "answer",
        "reset",
        "remove",
        "goto",
        "play",
        "submit",
        "hand-up",
        "hand-down",
        "unshare",
    ]
    step: str = ""
    value: str = ""


SAVED = "saved"
"""What a page says once it has saved."""


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message to a page: the checklist to draw, a sentence to be read aloud, a question to ask.

    With ``save`` it is to save its notebooks, answer ``SAVED``, and then say this sentence. The message that answers
    what was pressed has ``over``.
    """

    html: str = ""
    say: str = ""
    ask: str = ""
    save: str = ""
    over: bool = False


class Shown(msgspec.Struct, frozen=True):
    """What a page shows: a report, the wall on which the learner is, and the message that told it."""

    report: Report
    message: Message
    on_wall: OnWall | None = None


def standing(lab: Lab, shown: Shown | None, now: Report) -> Shown:
    """What a page that showed this should show and say now."""
    say, wall = announced(shown.report, now) if shown else "", on_wall()
    return Shown(now, Message(html=_drawn(lab, now, wall), say=say), wall)


def drawn(lab: Lab, report: Report) -> str:
    """The checklist of this report for an interactive page."""
    return _drawn(lab, report, on_wall())


def _drawn(lab: Lab, report: Report, wall: OnWall | None) -> str:
    return live(told(lab, report), offered(lab, report), _next_lesson(lab), wall)


def pressed(lab: Lab, press: Pressed) -> Message:
    """Do what was pressed, and report the result."""
    try:
        with opened(lab) as attempt:
            return _done(attempt, press)
    except LabcheckError as error:
        return Message(say=in_cells(error.in_one_line, lab))


def _done(attempt: Attempt, press: Pressed) -> Message:  # noqa: PLR0911 - one for each button
    match press.do:
        case "check":
            report = attempt.look()
            return Message(html=drawn(attempt.lab, report), say=f"Looked. {wording.summary(report)}")
        case "hint" | "solution" as what:
            text = attempt.shown(press.step, what)
            return Message(html=drawn(attempt.lab, attempt.report()), say=text)
        case "answer":
            report = attempt.answer(press.step, press.value)
            right = report.step(press.step).outcome is Outcome.PASS
            return Message(html=drawn(attempt.lab, report), say="Right." if right else "Not right yet.")
        case "goto" | "play":
            return _gone(attempt, press)
        case "reset":
            return Message(ask=removal(attempt.leftovers().by_kind), say="This is what a reset would remove.")
        case "remove":
            attempt.reset(attempt.leftovers())
            return Message(html=drawn(attempt.lab, attempt.look()), say="The lab starts over.")
        case "submit":
            return _handed_in(attempt.lab)
        case "hand-up" | "hand-down" | "unshare":
            say = _decided(press.do)
            return Message(html=drawn(attempt.lab, attempt.report()), say=say)


def _decided(do: Literal["hand-up", "hand-down", "unshare"]) -> str:
    try:
        return decided(do)
    except OSError as error:
        return f"That cannot be written: {error.strerror}."


def _handed_in(lab: Lab) -> Message:
    """Written to a file beside the notebooks, as the server's folder is theirs."""
    from labcheck.submit import submit  # noqa: PLC0415 - few press it, and each page waits for what is loaded

    written = submit([lab.slug])
    file = f"{visible(str(written.file))} ({max(1, round(written.size / 1000))} kB)"
    return Message(say=f"Hand in {file}, in the course's folder: it has all that you did here.")


def _gone(attempt: Attempt, press: Pressed) -> Message:
    """To where a step begins; first, what would be removed for that."""
    found = rewind.found(attempt)
    if press.do == "goto":
        return Message(ask=going(attempt.report(), found.by_kind), say="Choose a step. This is what would be removed.")
    title = sentence(attempt.lab.step(press.step).title)
    for _ in rewind.rewind(attempt, press.step, found):
        pass  # the board tells what is played
    report = attempt.look()
    return Message(
        html=drawn(attempt.lab, report), say=f"Here begins: {title} What was played for you gives no points."
    )


def _next_lesson(lab: Lab) -> str:
    """The notebook of the lab after this one; empty after the last, and for a lab that is not the course's."""
    order = slugs()
    if lab.slug not in order[:-1]:
        return ""
    return lesson(order[order.index(lab.slug) + 1])
