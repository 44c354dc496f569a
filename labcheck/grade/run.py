"""A class: all its files, graded side by side. The result does not depend on how many processes took part."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from labcheck.grade.enrol import missing, named
from labcheck.grade.flags import Class
from labcheck.grade.hand import Judge, graded, lost
from labcheck.grade.pages import Pages
from labcheck.grade.rules import Rules
from labcheck.grade.shared import Handed, Shared
from labcheck.grade.spool import Spool
from labcheck.grade.workers import Work, begin, each
from labcheck.gradebook import Gradebook, Heading, NotGradable, StepHeading
from labcheck.lab import Lab, load
from labcheck.report import rfc3339
from labcheck.roster import Roster
from labcheck.submit import handed

BATCH = 64
"""Submissions that a process takes at once."""

SELDOM = 50_000
"""How many more objects there must be before a process looks for those that nobody uses: a mark leaves none."""

Result: TypeAlias = Handed | NotGradable


class Source(msgspec.Struct, frozen=True):
    """A lab: the name by which it is handed in, and whose lab is graded by, a name of the course or a path."""

    name: str
    source: str

    @classmethod
    def of(cls, written: str) -> Source:
        """From ``NAME=FILE``; or only one of them, if the lab that is handed in is that."""
        name, is_other, source = written.partition("=")
        return cls(name, source) if is_other else cls(handed(load(written).slug), written)

    def load(self) -> Lab:
        """The lab. Raises :class:`UnknownName`, or :class:`InvalidLab`."""
        return replace(load(self.source), slug=self.name)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to grade, and how. ``at`` is now, in nanoseconds."""

    files: tuple[Path, ...]
    labs: tuple[Source, ...]
    rules: Rules
    at: int
    roster: Roster | None = None
    secret: bytes = b""
    """That of the class, if there is a class file."""
    pages: Pages | None = None
    workers: int = 0
    """How many processes; 0 for one for each processor. With 1 it is this one, and what ends it ends all."""


@contextmanager
def grade(job: Job, tell: Callable[[int], None] = lambda _done: None) -> Iterator[Gradebook]:
    """The gradebook, as long as the ``with`` block lasts; ``tell`` hears how many are done.

    Raises :class:`InvalidLab` or :class:`UnknownName` for one of the labs.
    """
    labs = tuple(map(_heading, job.labs))  # before any process begins, which could only end if one cannot be read
    if job.pages:
        job.pages.prepare()
    with closing(Spool()) as spool, closing(Shared()) as shared:
        not_gradable, done = [], 0
        for some in _each(job):
            for result in some:
                if isinstance(result, NotGradable):
                    not_gradable.append(result)
                else:
                    number = spool.keep(result.learner, result.file, result.encoded)
                    shared.add(number, result)
            done += len(some)
            tell(done)
        for marked in missing(job.roster, spool.learners()) if job.roster else ():
            spool.add(marked)
        for number, flag in shared.flags():
            spool.flag(number, flag)
        spool.arrange()
        yield Gradebook(graded_at=rfc3339(job.at), labs=labs, marked=spool, not_gradable=tuple(not_gradable))


def _each(job: Job) -> Iterator[list[Result]]:
    """The results, some at a time, in the order of the files."""
    files = sorted(job.files)
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
    if job.workers == 1:
        yield from map(Grader(job).batch, batches)
        return
    workers = min(job.workers or os.cpu_count() or 1, len(batches))
    yield from each(replace(job, files=()), Work(_begin, _batch, lost), batches, workers)


class Grader:
    """Grades files by the labs, the rules and the roster of a job."""

    def __init__(self, job: Job) -> None:
        labs = tuple((it.name, it.load()) for it in job.labs)
        known = Class(job.secret, job.roster.learners) if job.secret and job.roster else None
        self._roster, self._pages = job.roster, job.pages
        self._judge = Judge(labs, job.rules, known, tells=bool(job.pages and job.pages.forms))

    def batch(self, files: Sequence[Path]) -> list[Result]:
        """What the submissions in these files come to."""
        return [self._graded(file) for file in files]

    def _graded(self, file: Path) -> Result:
        result = graded(file, self._judge)
        if isinstance(result, NotGradable):
            return result
        marked = named(result.marked, self._roster)
        if self._pages:
            self._pages.write(marked, result.deeds)
        labs = tuple(it.lab for it in marked.labs)
        return Handed(marked.learner.id, marked.file, labs, result.traces, msgspec.msgpack.encode(marked))


_grader: list[Grader] = []
"""That of this process."""


def _begin(job: Job) -> None:
    begin()
    _grader.append(Grader(job))
    gc.freeze()  # what is loaded stays, so it need not be looked through again and again
    gc.set_threshold(SELDOM)


def _batch(files: Sequence[Path]) -> list[Result]:
    return _grader[0].batch(files)


def _heading(source: Source) -> Heading:
    lab = source.load()
    steps = tuple(StepHeading(id=step.id, title=step.title, max_points=step.points) for step in lab.steps)
    return Heading(lab=source.name, title=lab.title, max_points=sum(step.points for step in lab.steps), steps=steps)
