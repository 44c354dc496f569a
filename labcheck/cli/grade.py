"""The command that grades: submissions in, a folder with the gradebook out."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from labcheck.errors import OutputError, Refused
from labcheck.files import write_whole
from labcheck.grade import Job, Rules
from labcheck.grade import grade as graded
from labcheck.gradebook import Gradebook
from labcheck.lab import slugs
from labcheck.render import gradebook_csv
from labcheck.render.printable import prose


def grade(options: argparse.Namespace) -> int:
    """Grade these files and folders, write the gradebook, and print what was not gradable."""
    files = sorted(set(_files(map(Path, options.submissions))))
    rules = Rules(until=options.until, a_day=options.late, attempt=options.attempt)
    labs = tuple(options.lab or slugs())
    job = Job(files=tuple(files), labs=labs, rules=rules, at=time.time_ns(), workers=options.workers)
    book = graded(job, _told(len(files)))
    out = Path(options.output)
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / "gradebook.csv", gradebook_csv.render(book).encode())
        write_whole(out / "gradebook.json", msgspec.json.format(msgspec.json.encode(book), indent=1) + b"\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}.", "Choose another with -o.") from error
    _summary(book, out)
    return 0


def _summary(book: Gradebook, out: Path) -> None:
    for it in book.not_gradable:
        print(f"not gradable: {prose(it.file)}: {prose(it.why)}")
    print(f"{len(book.marked)} graded, {len(book.not_gradable)} not gradable. The gradebook is in {out}.")


def _files(given: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in the folders."""
    for path in given:
        if path.is_dir():
            yield from (file for file in path.rglob("*.labcheck") if file.is_file())
        elif path.exists():
            yield path
        else:
            raise Refused(f"There is no file {path}.", "Name the files that were handed in, or their folder.")


def _told(count: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {count} graded", end="\n" if done == count else "", file=sys.stderr, flush=True)

    return told
