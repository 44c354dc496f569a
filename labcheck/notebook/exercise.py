"""Exercises: the cells that are left to the learner, and what CI types into them.

An exercise is filled with those commands of its step's solution that the notebook has not shown above it; the exercise
of a question is filled with the right answer. Pure: the answer comes from the code that plays the notebook.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from labcheck.errors import LabcheckError, NotebookError
from labcheck.lab import Lab, Step
from labcheck.notebook.page import MAGIC, Code, Notebook, codes


@dataclass(frozen=True, slots=True)
class Exercise:
    """One cell to fill: its step, and the commands left to the learner; none for a question."""

    step: Step
    commands: tuple[str, ...] = ()

    def source(self, answer: str, variable: str) -> str:
        """What to type in the cell; the answer and the lab's variable are used only for a question."""
        if self.step.question:
            return f"{variable}.answer({self.step.id!r}, {answer!r})"
        return "\n".join((MAGIC, *self.commands))


def exercises(notebook: Notebook, lab: Lab | None) -> dict[int, Exercise]:
    """The notebook's exercises, by the number of their cell. Raises :class:`NotebookError`, which names the cell."""
    found: dict[int, Exercise] = {}
    shown: set[str] = set()
    for code in codes(notebook):
        if code.exercise is None:
            shown |= code.commands
            continue
        exercise = _exercise(code, code.exercise, lab, shown)
        if exercise.step.id in {other.step.id for other in found.values()}:
            raise _wrong(code, f"another cell is the exercise of {exercise.step.id}.")
        found[code.number] = exercise
    return found


def _exercise(code: Code, step_id: str, lab: Lab | None, shown: AbstractSet[str]) -> Exercise:
    if lab is None:
        raise _wrong(code, 'it is an exercise, but the notebook opens no lab: lab = labcheck.open("...").')
    try:
        step = lab.step(step_id)
    except LabcheckError as error:
        raise _wrong(code, error.in_one_line) from error
    left = tuple(command for command in step.commands if command not in shown)
    if step.question:
        return Exercise(step)
    if not left:
        raise _wrong(code, f"nothing is left to fill in: the notebook shows all of the solution of {step_id} above it.")
    return Exercise(step, left)


def _wrong(code: Code, problem: str) -> NotebookError:
    return NotebookError(f"{code.name}: {problem}")
