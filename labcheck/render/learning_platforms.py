"""A gradebook as the CSV files that Canvas and Moodle import, a column for each lab.

A lab whose steps were excused in part is scaled to all of its points, for a platform has one maximum for all learners.
Where nothing was handed in, or points are undecided, there is none: in Canvas an empty cell, which changes nothing; in
Moodle ``-``, which is no grade, also where there was one. Only one file of each learner can be imported: the one with
the most points.

Canvas: ``lib/gradebook_importer.rb`` of canvas-lms. Moodle: ``grade/import/csv/classes/load_data.php``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from labcheck.gradebook import Gradebook, LabMark, Marked
from labcheck.points import exact, written
from labcheck.render.gradebook_csv import line, plain
from labcheck.render.printable import prose

Columns = Mapping[str, Mapping[str, str]]
"""What the class's roster says of each learner, by column."""
CANVAS: Final = ("ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE: Final = ("Username", "ID number", "Email address")


def canvas(book: Gradebook, columns: Columns) -> Iterator[str]:
    """For Canvas, whose columns are known by their names; those of the roster are passed on.

    ``ID`` is Canvas's own number; without it, Canvas goes by ``SIS Login ID``, which is the learner's id unless the
    roster says otherwise. A first cell with the words Points Possible would be taken for the line of the maxima.
    """
    yield line(["Student", *CANVAS, *(_title(it.title, it.lab) for it in book.labs)])
    yield line(["    Points Possible", *("",) * len(CANVAS), *(str(it.max_points) for it in book.labs)])
    for marked in each_once(book.marked):
        known = {"SIS Login ID": marked.learner.id, **columns.get(marked.learner.id, {})}
        name = (marked.learner.name or marked.learner.id).replace("Points Possible", "Points-Possible")
        about = (name, *(known.get(name, "") for name in CANVAS))
        points = (_points(marked.lab(it.lab), it.max_points, excused="EX") for it in book.labs)
        yield line([*map(plain, about), *points])


def moodle(book: Gradebook, columns: Columns) -> Iterator[str]:
    """For Moodle, where whoever imports says which column is which.

    Moodle gives the points of a line that names nobody to the learner of the line before; to it, ``0`` is nobody. So
    there is no such line, and only columns that name everybody. By default, it refuses a file with points above 100.
    """

    def everybody() -> Iterator[tuple[Marked, dict[str, str]]]:
        those = ((it, _moodle(it, columns)) for it in each_once(book.marked))
        return ((it, names) for it, names in those if "Username" in names)

    named = list(MOODLE)
    for _, names in everybody():
        named = [name for name in named if name in names]
    yield line([*named, *(_title(it.title, it.lab) for it in book.labs)])
    for marked, names in everybody():
        points = (_points(marked.lab(it.lab), it.max_points, excused="-") or "-" for it in book.labs)
        yield line([*(plain(names[name]) for name in named), *points])


def _moodle(marked: Marked, columns: Columns) -> dict[str, str]:
    """By which names Moodle may know the learner; none that it takes for no name."""
    known = {"Username": marked.learner.id, **columns.get(marked.learner.id, {})}
    return {name: written for name, text in known.items() if (written := text.strip()) not in {"", "0"}}


def each_once(marked: Iterable[Marked]) -> Iterator[Marked]:
    """Of several files of one learner, the one with the most points. They follow each other."""
    for _, those in groupby(marked, key=lambda it: it.learner.id):
        yield max(those, key=lambda it: (sum(lab.points for lab in it.labs), it.submitted_at or ""))


def scaled(mark: LabMark, full: int) -> float:
    """The points as a share of all that the lab gives, excused steps among them."""
    return exact(mark.points * full / mark.max_points) if mark.max_points not in {0, full} else mark.points


def _points(mark: LabMark | None, full: int, *, excused: str) -> str:
    if mark is None or mark.at_most > mark.points:
        return ""
    return excused if mark.is_excused else written(scaled(mark, full))


def _title(title: str, lab: str) -> str:
    """What a column is called: Canvas makes an assignment of this name, or finds it."""
    return plain(f"{prose(title)} [{prose(lab)}]")
