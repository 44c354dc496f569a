"""A gradebook as CSV: a line for each submission. No text in it is a formula to a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from labcheck.gradebook import Gradebook, Marked
from labcheck.render.printable import prose

FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet read a text as a formula."""


def render(gradebook: Gradebook) -> str:
    """Learner, when it was handed in, and the points of each lab and of its steps; nothing for one that is missing."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    labs = [(heading, _steps(gradebook, heading.lab)) for heading in gradebook.labs]
    columns = [column for heading, steps in labs for column in (heading.lab, *(f"{heading.lab}/{it}" for it in steps))]
    write.writerow(["id", "name", "submitted_at", "file", *map(plain, columns)])
    for marked in gradebook.marked:
        row = (plain(it) for it in (marked.learner.id, marked.learner.name, marked.submitted_at, marked.file))
        write.writerow([*row, *_points(marked, [(heading.lab, steps) for heading, steps in labs])])
    return out.getvalue()


def plain(text: str) -> str:
    """The text as a spreadsheet shows it: never a formula, never more than one line."""
    shown = prose(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _steps(gradebook: Gradebook, lab: str) -> tuple[str, ...]:
    mark = next((mark for marked in gradebook.marked if (mark := marked.lab(lab))), None)
    return tuple(step.id for step in mark.steps) if mark else ()


def _points(marked: Marked, labs: list[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for lab, steps in labs:
        mark = marked.lab(lab)
        if mark is None:
            yield from ("",) * (1 + len(steps))
        else:
            yield from (f"{points:g}" for points in (mark.points, *(step.points for step in mark.steps)))
