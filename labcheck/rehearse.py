"""Play a lab's own solution in a throwaway sandbox: each step must not be done before its solution, and done after it.

It proves a lab file: that every check can fail, that the solution passes, that the explained wrong answers are
wrong, and that ``undoes`` is exactly true. It plays only in a sandbox of its own and touches no other engine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from labcheck.attempt import Attempt, opened
from labcheck.errors import SandboxError
from labcheck.home import journal
from labcheck.lab import Lab, Step
from labcheck.observe import Tell
from labcheck.play import failure, settled
from labcheck.sandbox.outside.sandbox import run
from labcheck.sandbox.places import JOURNAL
from labcheck.sandbox.protocol import COURSE
from labcheck.snapshot import Found

FEW = 5
"""How many values of a likely wrong answer are given; one such as "only the beginning" has many."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A step that was played: what is wrong with it, if anything."""

    step: Step
    problems: tuple[str, ...]
    seconds: float


def rehearse(lab: Lab, tell: Tell) -> int:
    """Rehearse the lab in a sandbox, with ``labcheck rehearse --here``; 0 if it passes, 1 if not.

    ``tell`` is called with what takes long before it begins.
    """
    return run([sys.executable, "-m", "labcheck", "rehearse", "--here", lab.slug], source=COURSE, tell=tell)


def play(lab: Lab, tell: Tell | None = None, begun: Callable[[Step], object] = lambda _: None) -> Iterator[Rehearsed]:
    """Play each step's solution here, and look before and after.

    ``tell`` hears what a look that takes long waits for, ``begun`` which step is played.

    Raises :class:`SandboxError` unless in a throwaway sandbox: a rehearsal must not end up in anyone's journal.
    """
    with opened(lab, tell=tell) as attempt:
        info = attempt.observer.observe(()).info
        if journal() != JOURNAL or not isinstance(info, Found) or not info.value.is_course:
            raise SandboxError(
                "A rehearsal plays only in a sandbox of its own.", f"Type labcheck rehearse {lab.typed}."
            )
        attempt.look()  # from here on, the lab is as this attempt draws it
        # What a solution writes beside the notebook must not end up in anyone's folder.
        with tempfile.TemporaryDirectory() as folder:
            for step in attempt.lab.steps:
                begun(step)
                began = time.monotonic()
                problems = tuple(_problems(step, attempt, folder))
                yield Rehearsed(step, problems, time.monotonic() - began)


def _problems(step: Step, attempt: Attempt, folder: str) -> Iterator[str]:
    before = attempt.look()
    if before.step(step.id).done:
        yield "it was done before its solution was played"
    failed = [*filter(None, (failure(command, folder=folder) for command in step.commands))]
    yield from failed
    yield from _answered(step, attempt)
    after = attempt.look() if failed else settled(attempt, step, before)
    if not after.step(step.id).done:
        trouble = after.step(step.id).trouble
        yield f"it is not done after its solution: {trouble.title}: {trouble.actual}" if trouble else "it is not done"
    undone = {old.id for old in before.steps if old.holds_now and after.step(old.id).holds_now is False}
    if undone != set(step.undoes):
        yield f"it says that it undoes {sorted(step.undoes)}, but it undoes {sorted(undone)}"


def _answered(step: Step, attempt: Attempt) -> Iterator[str]:
    """Answer the step's question: first with each wrong answer that the lab explains, then with the right one."""
    if step.question is None:
        return
    past = attempt.looked().past
    mistaken = step.question.answer.mistaken(past)
    for wrong in step.question.wrong:
        for value in sorted(mistaken.get(wrong, {wrong}))[:FEW]:
            if attempt.answer(step.id, value).step(step.id).done:
                yield f"the answer {value}, explained as wrong, is right"
                return
    right = step.question.answer.answer(past)
    if isinstance(right, Found):
        attempt.answer(step.id, ", ".join(sorted(right.value)))
