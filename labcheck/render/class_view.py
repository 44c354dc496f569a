"""A gradebook seen as a class: how each step stands with how many, where they got stuck, which mistakes they made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from labcheck.gradebook import Gradebook, LabMark
from labcheck.render.marks import Word, word
from labcheck.render.printable import prose

OPEN = {Word.OPEN, Word.PART}


@dataclass(slots=True)
class StepView:
    """How one step stands with how many learners."""

    lab: str
    title: str
    max_points: int
    words: Counter[Word] = field(default_factory=Counter)
    points: float = 0
    helped: int = 0
    """How many were shown help."""
    stuck: int = 0
    """With how many it is the first that is not done, though nothing before it is missing."""

    @property
    def count(self) -> int:
        """How many learners."""
        return self.words.total()

    @property
    def mean(self) -> float:
        """Points on the average."""
        return self.points / self.count if self.count else 0


class Class:
    """The whole class; the gradebook is gone through once."""

    def __init__(self, book: Gradebook) -> None:
        self._labs = [
            (it.title, [StepView(it.title, step.title, step.max_points) for step in it.steps]) for it in book.labs
        ]
        self.graded = self.missing = self.undecided = 0
        self.mistakes = Counter[tuple[str, str]]()
        """By the mistake's name, and the step at which it was made."""
        for marked in book.marked:
            self.graded += not marked.is_missing
            self.missing += marked.is_missing
            self.undecided += any(lab.undecided for lab in marked.labs)
            for heading, (_, views) in zip(book.labs, self._labs, strict=True):
                if mark := marked.lab(heading.lab):
                    self._count(mark, views)

    def labs(self) -> list[tuple[str, list[StepView]]]:
        """The labs by title, each with its steps."""
        return self._labs

    def stuck(self) -> list[StepView]:
        """The steps at which people got stuck, most of them first."""
        steps = [view for _, views in self._labs for view in views if view.stuck]
        return sorted(steps, key=lambda it: -it.stuck)

    def _count(self, mark: LabMark, views: list[StepView]) -> None:
        is_stuck = False
        for step, view in zip(mark.steps, views, strict=True):
            how = word(step)
            view.words[how] += 1
            view.points += step.points
            view.helped += bool(step.hints or step.solution)
            if how in OPEN and not is_stuck:
                is_stuck = True
                view.stuck += 1
            if step.trouble and step.trouble.diagnosis:
                self.mistakes[prose(step.trouble.diagnosis), f"{prose(mark.title)}: {prose(step.title)}"] += 1
