"""``labcheck.explorer()``: type a name, and see how Docker reads it. ``labcheck.explorer("nginx")`` shows one name."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import Lab
from labcheck.notebook.asked import asked
from labcheck.notebook.live import Live
from labcheck.notebook.pressed import Message
from labcheck.notebook.result import Result
from labcheck.question import Question
from labcheck.render.explorer import Exercise, announced, explored, live
from labcheck.render.reference import read, terminal
from labcheck.verdict import Outcome

FIRST = "nginx"


class Typed(msgspec.Struct, frozen=True):
    """What stands in the box of a page by now; with ``do`` it is handed in."""

    value: str
    do: Literal["", "answer"] = ""


def explorer(name: str | None = None) -> Result:
    """Take a name apart: what Docker fills in, where the image is pulled from, or what is wrong with it.

    Without a name it is a box to type in, where there is a page that shows one.
    """
    reading = read(FIRST if name is None else str(name))
    result = Result(terminal([reading]).rstrip("\n"), explored(reading))
    return result if name is not None else Live("explorer", result, name=FIRST)


def exercise(lab: Lab, step: str) -> Result:
    """The explorer with the question of this step: a name is typed until it is read as it must be, and handed in."""
    return Live("explorer", asked(step, question(lab, step)), lab=lab.slug, step=step)


def question(lab: Lab, step: str) -> Question:
    """What this step asks in the current attempt. Raises :class:`LabcheckError` if it asks nothing."""
    with opened(lab) as attempt:
        return attempt.question(step)


def typed(name: str, first: str, asks: Exercise | None = None) -> Message:
    """What a page is told whose box began with the ``first`` name, and has this one by now."""
    reading = read(name)
    return Message(html=live(reading, first, asks), say=announced(reading) if name != first else "")


def handed_in(lab: Lab, name: str, asks: Exercise) -> Message:
    """What a page is told after this name was handed in as the answer."""
    try:
        with opened(lab) as attempt:
            report = attempt.answer(asks.step, name).only(asks.step)
    except LabcheckError as error:
        return Message(say=error.in_one_line)
    (step,) = report.steps
    why = step.checks[0].why or "Compare what you see below with what is asked."
    told = "Right." if report.outcome is Outcome.PASS else f"Not right yet. {why}"
    return Message(html=live(read(name), "", replace(asks, told=told)), say=told)
