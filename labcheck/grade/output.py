"""Gradebook -> the files of a folder, each written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

import msgspec

from labcheck.errors import OutputError
from labcheck.files import replacing, write_whole
from labcheck.grade.pages import FOLDER, PAGES
from labcheck.grade.regrade import changes
from labcheck.gradebook import Changed, Gradebook, Marked
from labcheck.gradebook_file import Earlier, written
from labcheck.render import gradebook_csv, gradebook_html, gradebook_junit, learning_platforms, results
from labcheck.render.marks import file_name
from labcheck.roster import Roster

NATIVE: Final = "gradebook.json"
"""What a later gradebook is compared with; it is always written."""
MOST: Final = 20
"""How many changes are told; all are in their file."""
DEFAULT: Final = ("csv", "json", "html")

Form: TypeAlias = Callable[[Marked, Gradebook], bytes]
RESULTS: Mapping[str, tuple[str, Form]] = MappingProxyType(
    {
        "gradescope": ("results.json", lambda marked, _: results.gradescope(marked)),
        "prairielearn": ("results.json", lambda marked, _: results.prairielearn(marked)),
        "classroom50": ("result.json", lambda marked, book: results.classroom50(marked, os.environ, book.graded_at)),
    }
)
"""What is written for each submission: the file's name where there is only one, and what is in it."""
FORMATS: Final = (*DEFAULT, *PAGES, "junit", "canvas", "moodle", *RESULTS)


class Compared(msgspec.Struct, frozen=True):
    """What changed since an earlier gradebook: how many steps, and the first of them."""

    since: str
    count: int
    first: tuple[Changed, ...]


class Output(msgspec.Struct, frozen=True):
    """What to write, and where."""

    folder: Path
    formats: tuple[str, ...] = DEFAULT
    before: Path | None = None
    """The folder of an earlier gradebook to compare with; without, the one that is in ``folder``, if any."""
    roster: Roster = Roster()


def write(book: Gradebook, output: Output) -> Compared | None:
    """Write it; what changed since the earlier gradebook, if there is one.

    Raises :class:`OutputError`, or :class:`Refused` if that is none.
    """
    folder = output.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        compared = _compared(book, output)
        for name, pieces in _files(book, output, compared).items():
            _write(folder / name, pieces())
        for form in RESULTS.keys() & {*output.formats}:
            _results(book, folder, form)
        _write(folder / NATIVE, written(book))
    except OSError as error:
        raise OutputError.at(folder, error, "Choose another with -o.") from error
    return compared


def _files(book: Gradebook, output: Output, compared: Compared | None) -> dict[str, Callable[[], Iterable[bytes]]]:
    """The files about the whole class, by name."""
    columns = {it.id: it.columns for it in output.roster.learners.values()}
    told = compared.first if compared else ()
    pages = FOLDER if "feedback" in output.formats else ""
    files: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
        "csv": ("gradebook.csv", partial(gradebook_csv.render, book)),
        "html": ("gradebook.html", partial(gradebook_html.render, book, assets(), told, pages)),
        "junit": ("gradebook.junit.xml", partial(gradebook_junit.render, book)),
        "canvas": ("canvas.csv", partial(learning_platforms.canvas, book, columns)),
        "moodle": ("moodle.csv", partial(learning_platforms.moodle, book, columns)),
    }
    return {name: partial(_encoded, render) for form, (name, render) in files.items() if form in output.formats}


def assets() -> gradebook_html.Assets:
    """What is put into the page of a gradebook."""
    style, script = (Path(__file__).with_name(f"gradebook.{it}").read_text(encoding="utf-8") for it in ("css", "js"))
    return gradebook_html.Assets(style, script)


def _results(book: Gradebook, folder: Path, form: str) -> None:
    """A file for each submission; where there is only one, under the name that its machine expects."""
    name, render = RESULTS[form]
    handed_in = (it for it in book.marked if not it.is_missing)
    if len(first := list(islice(handed_in, 2))) == 1:
        write_whole(folder / name, render(first[0], book))
        return
    (folder / form).mkdir(exist_ok=True)
    for marked in book.marked:
        if not marked.is_missing:
            write_whole(folder / form / f"{file_name(marked)}.json", render(marked, book))


def _compared(book: Gradebook, output: Output) -> Compared | None:
    file = (output.before or output.folder) / NATIVE
    if output.before is None and not file.exists():
        return None
    earlier, first, count = Earlier(file), [], 0

    def noted() -> Iterator[Changed]:
        nonlocal count
        for changed in changes(earlier, book.marked):
            count += 1
            if count <= MOST:
                first.append(changed)
            yield changed

    _write(output.folder / "changes.csv", _encoded(lambda: gradebook_csv.changes(noted())))
    return Compared(earlier.graded_at, count, tuple(first))


def _encoded(render: Callable[[], Iterator[str]]) -> Iterator[bytes]:
    return (text.encode("utf-8", "backslashreplace") for text in render())


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    with replacing(file) as stream:
        stream.writelines(pieces)
