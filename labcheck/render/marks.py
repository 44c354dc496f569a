"""The words for how a step of a submission stands, shared by all outputs of grading."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from labcheck.digest import hexadecimal
from labcheck.gradebook import LabMark, Marked, StepMark
from labcheck.points import span
from labcheck.render.printable import prose
from labcheck.verdict import Outcome

UNSAFE: Final = re.compile(r"[^A-Za-z0-9._@-]+")
LONGEST: Final = 60


class Word(StrEnum):
    """How a step stands, in a word or two."""

    DONE = "done"
    LATE = "late"
    PLAYED = "played"
    PART = "in part"
    UNDECIDED = "undecided"
    OPEN = "not done"
    LATER = "not begun"
    EXCUSED = "excused"


def word(step: StepMark) -> Word:
    """How the step stands."""
    if step.excused or step.played:
        return Word.EXCUSED if step.excused else Word.PLAYED
    if step.done:
        return Word.LATE if step.late else Word.DONE
    if step.is_undecided or step.points:
        return Word.UNDECIDED if step.is_undecided else Word.PART
    return Word.LATER if step.outcome is Outcome.SKIP else Word.OPEN


def score(mark: LabMark | StepMark) -> str:
    """The points in words: ``2 of 3 points``, or from how many to how many."""
    return f"{span(mark.points, mark.at_most)} of {mark.max_points} points"


def helped(step: StepMark) -> str:
    """Which help was shown, and what it cost; empty if none was."""
    told = [f"{step.hints} hint{'' if step.hints == 1 else 's'}"] if step.hints else []
    told += ["the solution"] if step.solution else []
    cost = f" ({step.cost} point{'' if step.cost == 1 else 's'} less)" if step.cost else ""
    return f"{' and '.join(told)} shown{cost}" if told else ""


def who(marked: Marked) -> str:
    """The learner, by name and id."""
    name, known = prose(marked.learner.name), prose(marked.learner.id)
    return f"{name} ({known})" if name and known else name or known or "a learner without a name"


def file_name(marked: Marked) -> str:
    """A name for files about this submission: harmless, and another for any other submission."""
    safe = UNSAFE.sub("-", marked.learner.id)[:LONGEST].strip(".-") or "submission"
    digest = hexadecimal(f"{marked.learner.id}\0{marked.file}".encode("utf-8", "surrogatepass"))
    return f"{safe}-{digest[:8]}"
