"""Bring the engine to where a step begins: remove what the lab made, then play the solutions of the steps before it.

The attempt goes on: what was earned in it stays earned, and what is played now gives no points, which its log says
before the first command runs. So whatever ends the playing, the log and the next look are true. Commands run in the
current folder: what they write is needed there by the steps that follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from labcheck.attempt import Attempt
from labcheck.errors import Refused
from labcheck.lab import Lab, Step
from labcheck.leftovers import Leftovers
from labcheck.play import failure, settled
from labcheck.snapshot import Found


def before(lab: Lab, step_id: str) -> tuple[Step, ...]:
    """The steps that are played to get to where this one begins: all above it that have commands, without questions.

    Raises :class:`UnknownName`.
    """
    place = lab.steps.index(lab.step(step_id))
    return tuple(step for step in lab.steps[:place] if step.commands and step.question is None)


def found(attempt: Attempt, *, anywhere: bool = False) -> Leftovers:
    """What must be removed first. Raises :class:`Refused` on an engine of the learner's own, unless ``anywhere``."""
    leftovers = attempt.leftovers()
    info = attempt.observer.observe(()).info
    if not anywhere and not (isinstance(info, Found) and info.value.is_course):
        raise Refused(
            "This engine is not the course's own, and a solution may remove more than the lab made.",
            "Add --engine host: then the commands are listed, and you are asked before they are typed.",
        )
    return leftovers


def rewind(attempt: Attempt, step_id: str, leftovers: Leftovers) -> Iterator[Step]:
    """Remove these and play; each step comes before its solution is played.

    Raises :class:`Refused` if a solution fails, or has no effect.
    """
    attempt.remove(leftovers)
    now = attempt.look()
    for step in before(attempt.lab, step_id):
        yield step
        attempt.play(step.id)
        if reason := next(filter(None, map(failure, step.commands)), ""):
            raise _stopped(attempt, step, " ".join(reason.split()).removesuffix("."))
        now = settled(attempt, step, now)
        if not now.step(step.id).holds_now:
            trouble = now.step(step.id).trouble
            raise _stopped(attempt, step, f"afterwards, {trouble.actual}" if trouble else "it had no effect")


def _stopped(attempt: Attempt, step: Step, reason: str) -> Refused:
    lab = attempt.lab.typed
    return Refused(
        f"The solution of the step {step.id} did not work: {reason}.",
        f"Nothing after it was played. labcheck check {lab} says how the lab stands, labcheck reset {lab} starts over.",
    )
