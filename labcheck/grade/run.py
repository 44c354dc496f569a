"""A class: all its files, graded side by side. The result does not depend on how many processes took part."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from labcheck.grade.enrol import missing, named
from labcheck.grade.hand import graded
from labcheck.grade.rules import Rules
from labcheck.grade.spool import Spool
from labcheck.gradebook import Gradebook, Heading, NotGradable, StepHeading
from labcheck.lab import Lab, load
from labcheck.report import rfc3339
from labcheck.roster import Roster
from labcheck.submit import handed

BATCH = 64
"""Submissions that a process takes at once."""

Result: TypeAlias = tuple[str, str, bytes] | NotGradable
"""A learner's id, the file's name and the mark, encoded."""


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
    workers: int = 0
    """How many processes; 0 for one for each processor."""


@contextmanager
def grade(job: Job, tell: Callable[[int], None] = lambda _done: None) -> Iterator[Gradebook]:
    """The gradebook, as long as the ``with`` block lasts; ``tell`` hears how many are done."""
    with closing(Spool()) as spool:
        not_gradable, done = [], 0
        for some in _each(job):
            for result in some:
                if isinstance(result, NotGradable):
                    not_gradable.append(result)
                else:
                    spool.keep(*result)
            done += len(some)
            tell(done)
        for marked in missing(job.roster, spool.learners()) if job.roster else ():
            spool.add(marked)
        spool.arrange()
        labs = tuple(map(_heading, job.labs))
        yield Gradebook(graded_at=rfc3339(job.at), labs=labs, marked=spool, not_gradable=tuple(not_gradable))


def _each(job: Job) -> Iterator[list[Result]]:
    """The results, some at a time, in the order of the files."""
    files = sorted(job.files)
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
    workers = min(job.workers or os.cpu_count() or 1, len(batches))
    if workers <= 1:
        yield from map(Grader(job).batch, batches)
        return
    of_all = replace(job, files=())
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (of_all,)) as pool:
        yield from pool.map(_batch, batches)


class Grader:
    """Grades files by the labs, the rules and the roster of a job."""

    def __init__(self, job: Job) -> None:
        self._labs = tuple((it.name, it.load()) for it in job.labs)
        self._rules, self._roster = job.rules, job.roster

    def batch(self, files: Sequence[Path]) -> list[Result]:
        """What the submissions in these files come to."""
        return [self._graded(file) for file in files]

    def _graded(self, file: Path) -> Result:
        result = graded(file, self._labs, self._rules)
        if isinstance(result, NotGradable):
            return result
        marked = named(result, self._roster)
        return marked.learner.id, marked.file, msgspec.msgpack.encode(marked)


_grader: list[Grader] = []
"""That of this process."""


def _begin(job: Job) -> None:
    _grader.append(Grader(job))
    gc.freeze()  # what is loaded stays, so it need not be looked through again and again


def _batch(files: Sequence[Path]) -> list[Result]:
    return _grader[0].batch(files)


def _heading(source: Source) -> Heading:
    lab = source.load()
    steps = tuple(StepHeading(id=step.id, title=step.title, max_points=step.points) for step in lab.steps)
    return Heading(lab=source.name, title=lab.title, max_points=sum(step.points for step in lab.steps), steps=steps)
