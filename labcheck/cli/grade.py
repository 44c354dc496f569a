"""The command that grades: submissions in, a folder with the gradebook out."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from labcheck import classroom
from labcheck.classroom import Classroom
from labcheck.errors import Refused
from labcheck.grade import Excuse, Job, Rules, Source
from labcheck.grade import grade as graded
from labcheck.grade.output import Compared, Output, write
from labcheck.grade.page import write as page
from labcheck.grade.pages import PAGES, Pages
from labcheck.gradebook import Changed, Gradebook
from labcheck.lab import slugs
from labcheck.render.printable import prose, sentence
from labcheck.roster import Enrolled, Roster, read

BAR = 30
"""Characters."""


def grade(options: argparse.Namespace) -> int:
    """Grade these files and folders, write the gradebook, and print what was not gradable."""
    if options.page:
        page.write(Path(options.output), Path(options.page), options.lab or slugs())
        print(f"The page is {options.output}.")
        return 0
    if not options.submissions:
        raise Refused("There is nothing to grade.", "Name the files that were handed in, or their folder.")
    files = sorted(set(_files(map(Path, options.submissions))))
    out, before = Path(options.output), Path(options.before) if options.before else None
    job = _job(options, files)
    with graded(job, _told(len(files))) as book:
        compared = write(book, Output(out, options.format, before, job.roster or Roster()))
        _summary(book, out)
        if compared:
            _changes(compared, out)
    return 0


def _job(options: argparse.Namespace, files: Sequence[Path]) -> Job:
    labs = tuple(Source.of(written) for written in options.lab or slugs())
    excuses = tuple(excused(written, labs) for written in options.excuse)
    rules = Rules(until=options.until, a_day=options.late, attempt=options.attempt, excuses=excuses)
    known = classroom.read(Path(options.class_file)) if options.class_file else None
    return Job(
        files=tuple(files),
        labs=labs,
        rules=rules,
        at=time.time_ns(),
        roster=_roster(options, known),
        secret=known.secret if known else b"",
        pages=Pages(Path(options.output), tuple(it for it in PAGES if it in options.format)),
        workers=options.workers,
    )


def _roster(options: argparse.Namespace, known: Classroom | None) -> Roster | None:
    """Who is in the class: those of the roster, else those of the class file."""
    if options.roster:
        return read(Path(options.roster))
    return Roster({it.id: Enrolled(it.id, it.name) for it in known.learners}) if known else None


def _summary(book: Gradebook, out: Path) -> None:
    for it in book.not_gradable:
        print(f"not gradable: {prose(it.file)}: {prose(it.why)}")
    counts, undecided, flagged = Counter[str](), Counter[str](), Counter[str]()
    for marked in book.marked:
        if marked.unknown:
            print(f"not on the roster: {prose(marked.learner.id) or 'nobody'}: {prose(marked.file)}")
        counts["handed nothing in" if marked.is_missing else "graded"] += 1
        flagged.update({flag.kind.value for flag in marked.flags})
        undecided.update(f"{lab.lab}/{step.id}" for lab in marked.labs for step in lab.undecided)
    for step, count in undecided.most_common():
        print(f"undecided, because nobody observed it: {prose(step)}: {_of(count, 'learner')}")
    for kind, count in flagged.most_common():
        print(f"to be looked at: {kind}: {_of(count, 'learner')}; the gradebook says what")
    told = [f"{counts['graded']} graded", f"{len(book.not_gradable)} not gradable"]
    told += [f"{counts['handed nothing in']} handed nothing in"] if counts["handed nothing in"] else []
    print(f"{', '.join(told)}. The gradebook is in {out}.")


def _changes(compared: Compared, out: Path) -> None:
    if not compared.count:
        print(f"No points changed since {compared.since}.")
        return
    print(f"{_of(compared.count, 'step')} changed since {compared.since}:")
    for it in compared.first:
        print(f"  {prose(it.learner.id)}: {prose(it.lab)}/{prose(it.step)}: {_how(it)}. {sentence(it.why)}")
    if compared.count > len(compared.first):
        print(f"  ... and {compared.count - len(compared.first)} more.")
    print(f"All are in {out / 'changes.csv'}.")


def _how(changed: Changed) -> str:
    before, after = (
        f"{points} ({outcome})" if outcome else "nothing"
        for points, outcome in (
            (changed.before, changed.outcome_before),
            (changed.after, changed.outcome_after),
        )
    )
    return f"{before} -> {after}"


def _of(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def excused(written: str, labs: Sequence[Source]) -> Excuse:
    """What ``[LAB/]STEP[=LEARNER]`` excuses. Raises :class:`Refused` if no lab that is graded has this step."""
    place, _, learner = written.partition("=")
    lab, _, step = place.rpartition("/")
    if not any(step == it.id for source in labs if lab in {"", source.name} for it in source.load().steps):
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
    """A bar on a terminal that moves while files are graded."""

    def told(done: int) -> None:
        if sys.stderr.isatty():
            bar = "#" * (BAR * done // count)
            end = "\n" if done == count else ""
            print(f"\r[{bar:{BAR}}] {done} of {count} graded", end=end, file=sys.stderr, flush=True)

    return told
