"""What runs in the page: the files that were dropped into it -> everything that it shows."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labcheck.grade.output import Output, write
from labcheck.grade.pages import FOLDER, Pages
from labcheck.grade.rules import Rules
from labcheck.grade.run import Job, Source, grade
from labcheck.render.marks import file_name, who


class Shown(msgspec.Struct, frozen=True):
    """The gradebook as text, and a page for each learner, each with the learner's name."""

    json: str
    csv: str
    html: str
    pages: list[tuple[str, str]]
    not_gradable: list[tuple[str, str]]


def graded(folder: str, labs: list[str], at: int) -> bytes:
    """What the submissions in this folder come to, as JSON; ``at`` is now, in nanoseconds."""
    place, out = Path(folder), Path(folder).with_name("graded")
    files = tuple(sorted(place.iterdir()))
    sources = tuple(Source.of(written) for written in labs)
    pages = Pages(out, ("feedback",))
    with grade(Job(files=files, labs=sources, rules=Rules(), at=at, workers=1, pages=pages)) as book:
        write(book, Output(out))
        learners = [
            (who(it), (out / FOLDER / f"{file_name(it)}.html").read_text(encoding="utf-8")) for it in book.marked
        ]
        refused = [(it.file, it.why) for it in book.not_gradable]
    json, csv, html = ((out / f"gradebook.{it}").read_text(encoding="utf-8") for it in ("json", "csv", "html"))
    (out / "gradebook.json").unlink()  # the next files that are dropped are another class
    return msgspec.json.encode(Shown(json, csv, html, learners, refused))
