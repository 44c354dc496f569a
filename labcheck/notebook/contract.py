"""What a lesson promises its lab, from the stored notebook alone: each step is left to the learner, and checked.

Pure. A notebook without any exercise is no lesson, and promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labcheck.lab import Lab, Step
from labcheck.notebook.page import MAGIC, Code, Notebook, codes

_CHECKS = re.compile(r"\.check\(\s*[\"']([\w-]+)[\"']")
_DOTS = re.compile(r"\w+\.answer\(\s*[\"'][\w-]+[\"']\s*,\s*\.\.\.\s*\)")


def breaches(notebook: Notebook, lab: Lab, variable: str) -> list[str]:
    """What does not keep it, one sentence each: first about cells, then about steps, each step once."""
    cells = codes(notebook)
    exercises = {code.exercise: code for code in cells if code.exercise}
    if not exercises:
        return []
    shown = frozenset(command for code in cells if code.exercise is None for command in code.commands)
    checked = {step for code in cells for step in _CHECKS.findall(code.source)}
    return [
        *(f"{code.name}: {left}" for code in exercises.values() for left in _left(code)),
        *(said for step in lab.steps if (said := _missing(step, variable, set(exercises), shown, checked))),
    ]


def _left(code: Code) -> Iterator[str]:
    """The solution that is left in an exercise."""
    lines = (line.strip() for line in code.source.strip().removeprefix(MAGIC).splitlines())
    left = next((line for line in lines if line and not line.startswith("#") and not _DOTS.fullmatch(line)), "")
    if left:
        yield f"a solution is left in this exercise: {left}. Leave only the comment that says what to do."


def _missing(step: Step, variable: str, exercises: set[str], shown: frozenset[str], checked: set[str]) -> str:
    """What is missing for the step; empty if nothing is."""
    is_left = step.question is not None or not shown.issuperset(step.commands)
    if is_left and step.id not in exercises:
        return f"no cell is the exercise of the step {step.id}: it was deleted, or lost its tag exercise:{step.id}."
    if step.id not in checked:
        return f'no cell checks the step {step.id}: after it, {variable}.check("{step.id}") is missing.'
    return ""
