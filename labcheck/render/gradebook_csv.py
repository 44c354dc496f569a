"""A gradebook as CSV: a line for each submission. No text in it is a formula to a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from labcheck.gradebook import Changed, Gradebook, Heading, Marked
from labcheck.points import span
from labcheck.render.printable import prose

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet read a text as a formula; in some languages the wide forms, too."""


def render(book: Gradebook) -> Iterator[str]:
    """Learner, when it was handed in, the points of each lab and of its steps, and which of these are undecided.

    Points that nobody could decide are a range, such as ``0 to 3``; where nothing was handed in, there are none.
    """
    names = [name for it in book.labs for name in (it.lab, *(f"{it.lab}/{step.id}" for step in it.steps))]
    yield line(["id", "name", "submitted_at", "file", *map(plain, names), "undecided"])
    for marked in book.marked:
        about = (marked.learner.id, marked.learner.name, marked.submitted_at or "", marked.file)
        undecided = ", ".join(f"{lab.lab}/{step.id}" for lab in marked.labs for step in lab.undecided)
        yield line([*map(plain, about), *_points(marked, book.labs), plain(undecided)])


def changes(changed: Iterable[Changed]) -> Iterator[str]:
    """Whose points are others than in an earlier gradebook, and why."""
    yield line(["id", "name", "lab", "step", "before", "after", "outcome_before", "outcome_after", "why"])
    for it in changed:
        points = (it.before, it.after, it.outcome_before or "", it.outcome_after or "")
        yield line([plain(text) for text in (it.learner.id, it.learner.name, it.lab, it.step, *points, it.why)])


def line(cells: Sequence[str]) -> str:
    """A line of a CSV file."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def plain(text: str) -> str:
    """The text as a spreadsheet shows it: never a formula, never more than one line."""
    shown = prose(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _points(marked: Marked, labs: tuple[Heading, ...]) -> Iterator[str]:
    for heading in labs:
        mark = marked.lab(heading.lab)
        if mark is None:
            yield from ("",) * (1 + len(heading.steps))
        else:
            yield "excused" if mark.is_excused else span(mark.points, mark.at_most)
            yield from ("excused" if step.excused else span(step.points, step.at_most) for step in mark.steps)
