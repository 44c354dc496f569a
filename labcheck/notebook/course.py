"""``labcheck.course()``: the map of the course, with how far one is in each lesson."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from labcheck import home
from labcheck.attempts import done
from labcheck.journal import Journal
from labcheck.lab import Lab, load, slugs
from labcheck.notebook.live import Live
from labcheck.notebook.original import lesson
from labcheck.notebook.result import Result
from labcheck.render.course import Lesson, html, text

TICK = 0.5
"""Seconds between two questions to the journal whether there is anything new."""


def course() -> Live:
    """Every lesson of the course: done, next or later, its steps, the minutes it takes, a link to it."""
    with Journal(home.journal()) as journal:
        return _drawn(_lessons(journal))


def untouched() -> Live:
    """The map before anything is done."""
    return _drawn(_lessons(None))


def follow(over: threading.Event) -> Iterator[str]:
    """The map in HTML: now, and whenever something was filed, until ``over`` is set."""
    with Journal(home.journal()) as journal:
        filed = None
        while not over.is_set():
            if (now := journal.filed()) != filed:
                filed = now
                yield html(_lessons(journal))
            over.wait(TICK)


def _lessons(journal: Journal | None) -> tuple[Lesson, ...]:
    return tuple(_lesson(load(slug), journal) for slug in slugs())


def _lesson(lab: Lab, journal: Journal | None) -> Lesson:
    finished = done(lab, journal) if journal else 0
    return Lesson(lab.title, lab.about, lesson(lab.slug), finished, len(lab.steps), lab.minutes)


def _drawn(lessons: tuple[Lesson, ...]) -> Live:
    return Live("course", Result(text(lessons), html(lessons)))
