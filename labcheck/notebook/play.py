"""Plays a notebook as CI does: with a fresh attempt at its lab, and its exercises filled in.

It plays only on the course's own engine: a lesson removes images, and an attempt starts by removing what the lab made.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from labcheck.attempt import opened
from labcheck.errors import NotebookError
from labcheck.lab import Lab, load
from labcheck.notebook.exercise import Exercise, exercises
from labcheck.notebook.page import Code, Notebook, opens
from labcheck.seed import SEED
from labcheck.snapshot import Found

DRAWN = "notebook"
"""The seed, unless one is given: what is recorded of a notebook is drawn again when it is tested."""


@dataclass(frozen=True, slots=True)
class Play:
    """A notebook to be played: the lab it opens, if it does, the variable it gives it to, and its exercises."""

    notebook: Notebook
    lab: Lab | None
    variable: str
    exercises: dict[int, Exercise]

    def begin(self) -> Play:
        """Start the lab over, as ``labcheck reset`` does, and play it as the new attempt draws it.

        Raises :class:`NotebookError` outside of a sandbox.
        """
        if self.lab is None:
            return self
        os.environ.setdefault(SEED, DRAWN)
        with opened(self.lab) as attempt:
            info = attempt.observer.observe(()).info
            if not isinstance(info, Found) or not info.value.is_course:
                raise NotebookError(
                    "This notebook removes images, so it is run only in a sandbox.",
                    "Put before the command: labcheck sandbox run --",
                )
            lab = self.lab.drawn(attempt.reset(attempt.leftovers()).seed)
        return replace(self, lab=lab, exercises=exercises(self.notebook, lab))

    def source(self, code: Code) -> str:
        """What to run for this cell; an exercise is filled in. Raises :class:`NotebookError`."""
        exercise = self.exercises.get(code.number)
        if exercise is None:
            return code.source
        return exercise.source(self._answer(exercise), self.variable)

    def _answer(self, exercise: Exercise) -> str:
        """The right answer at this moment, for a question."""
        question = exercise.step.question
        if self.lab is None or question is None:
            return ""
        with opened(self.lab) as attempt:
            right = question.answer.answer(attempt.looked().past)
        if not isinstance(right, Found):
            raise NotebookError(f"The right answer to {exercise.step.id} cannot be seen yet.")
        return ", ".join(sorted(right.value))


def play(notebook: Notebook) -> Play:
    """How to play this notebook. Raises :class:`NotebookError`, or :class:`UnknownName` for its lab."""
    slug, variable = opens(notebook) or ("", "")
    lab = load(slug) if slug else None
    return Play(notebook, lab, variable, exercises(notebook, lab))
