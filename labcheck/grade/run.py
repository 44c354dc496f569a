"""A class: all its files, graded side by side. The result does not depend on how many processes took part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import msgspec

from labcheck.grade.enrol import enrolled
from labcheck.grade.hand import graded
from labcheck.grade.rules import Rules
from labcheck.gradebook import Gradebook, Heading, Marked, NotGradable, StepHeading
from labcheck.lab import load
from labcheck.report import rfc3339
from labcheck.roster import Roster
from labcheck.submit import handed

BATCH = 64
"""Submissions that a process takes at once."""


Result: TypeAlias = Marked | NotGradable


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to grade, and how. ``at`` is now, in nanoseconds; ``labs`` are names or paths."""

    files: tuple[Path, ...]
    labs: tuple[str, ...]
    rules: Rules
    at: int
    roster: Roster | None = None
    workers: int = 0
    """How many processes; 0 for one for each processor."""


def grade(job: Job, tell: Callable[[int], None] = lambda _done: None) -> Gradebook:
    """The gradebook; ``tell`` hears how many are done."""
    results: list[Result] = []
    for some in _each(job):
        results += some
        tell(len(results))
    return Gradebook(
        graded_at=rfc3339(job.at),
        labs=tuple(_heading(name) for name in job.labs),
        marked=enrolled((it for it in results if isinstance(it, Marked)), job.roster),
        not_gradable=tuple(it for it in results if isinstance(it, NotGradable)),
    )


def _each(job: Job) -> Iterator[list[Result]]:
    """The results, some at a time, in the order of the files."""
    files = sorted(job.files)
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
    work = partial(_batch, labs=job.labs, rules=job.rules)
    workers = min(job.workers or os.cpu_count() or 1, len(batches))
    if workers <= 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, batches)


def _batch(files: Sequence[Path], labs: tuple[str, ...], rules: Rules) -> list[Result]:
    loaded = tuple((handed(name), load(name)) for name in labs)
    return [graded(file, loaded, rules) for file in files]


def _heading(name: str) -> Heading:
    lab = load(name)
    steps = tuple(StepHeading(id=step.id, title=step.title, max_points=step.points) for step in lab.steps)
    return Heading(lab=handed(name), title=lab.title, max_points=sum(step.points for step in lab.steps), steps=steps)
