"""The command that grades: submissions in, a folder with the gradebook out."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from labcheck.errors import OutputError, Refused
from labcheck.files import write_whole
from labcheck.grade import Excuse, Job, Rules
from labcheck.grade import grade as graded
from labcheck.gradebook import Gradebook
from labcheck.lab import load, slugs
from labcheck.render import gradebook_csv
from labcheck.render.printable import prose
from labcheck.roster import read
from labcheck.submit import handed


def grade(options: argparse.Namespace) -> int:
    """Grade these files and folders, write the gradebook, and print what was not gradable."""
    files = sorted(set(_files(map(Path, options.submissions))))
    labs = tuple(options.lab or slugs())
    excuses = tuple(excused(written, labs) for written in options.excuse)
    rules = Rules(until=options.until, a_day=options.late, attempt=options.attempt, excuses=excuses)
    roster = read(Path(options.roster)) if options.roster else None
    job = Job(files=tuple(files), labs=labs, rules=rules, at=time.time_ns(), roster=roster, workers=options.workers)
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
    for marked in book.marked:
        if marked.unknown:
            print(f"not on the roster: {prose(marked.learner.id) or 'nobody'}: {prose(marked.file)}")
    undecided = sum(bool(lab.undecided) for marked in book.marked for lab in marked.labs)
    missing = sum(marked.is_missing for marked in book.marked)
    counts = {
        "graded": len(book.marked) - missing,
        "not gradable": len(book.not_gradable),
        "handed nothing in": missing,
        "with undecided points": undecided,
    }
    told = [f"{count} {what}" for what, count in counts.items() if count or what in {"graded", "not gradable"}]
    print(f"{', '.join(told)}. The gradebook is in {out}.")


def excused(written: str, labs: Sequence[str]) -> Excuse:
    """What ``[LAB/]STEP[=LEARNER]`` excuses. Raises :class:`Refused` if no lab that is graded has this step."""
    place, _, learner = written.partition("=")
    lab, _, step = place.rpartition("/")
    if not any(step == it.id for name in labs if lab in {"", handed(name)} for it in load(name).steps):
        raise Refused(f"No lab that is graded has a step {place}.", "Write it as in --excuse push-and-pull/tag")
    return Excuse(step, lab, learner)


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
