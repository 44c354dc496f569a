"""``labcheck.course()``: the map of the course, with how far one is in each lesson."""

from __future__ import annotations

from labcheck import home
from labcheck.attempts import done
from labcheck.journal import Journal
from labcheck.lab import Lab, load, slugs
from labcheck.notebook.original import lesson
from labcheck.notebook.result import Result
from labcheck.render.course import Lesson, html, text


def course() -> Result:
    """Every lesson of the course: done, next or later, its steps, the minutes it takes, a link to it."""
    with Journal(home.journal()) as journal:
        lessons = tuple(_lesson(load(slug), journal) for slug in slugs())
    return Result(text(lessons), html(lessons))


def _lesson(lab: Lab, journal: Journal) -> Lesson:
    return Lesson(lab.title, lab.about, lesson(lab.slug), done(lab, journal), len(lab.steps), lab.minutes)
