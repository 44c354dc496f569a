"""The map of the course: each lesson, how far one is in it, the minutes it takes; words and a plain table, no time."""

from __future__ import annotations

from html import escape

import msgspec

from labcheck.render.markup import LEFT, SHORT, heads, section, table
from labcheck.render.printable import prose, sentence

TITLE = "Map of the course"
HEADS = (("Status", "13%"), ("Lesson", "45%"), ("Steps", "22%"), ("Time", "20%"))


class Lesson(msgspec.Struct, frozen=True):
    """A lesson on the map: how many of its steps are done, how many there are, and the minutes that it takes.

    ``page`` is its notebook, beside which the map is shown; it is empty where there is none.
    """

    title: str
    about: str
    page: str
    done: int
    of: int
    minutes: int = 0

    @property
    def is_done(self) -> bool:
        """Whether all its steps are."""
        return self.done == self.of


def html(lessons: tuple[Lesson, ...]) -> str:
    """The map for a notebook."""
    columns = "".join(heads([word], f'style="text-align: left; width: {width}"') for word, width in HEADS)
    rows = "".join(_row(word, lesson) for word, lesson in standing(lessons))
    return section(TITLE, table(columns, rows, TITLE, "width: 100%"))


def text(lessons: tuple[Lesson, ...]) -> str:
    """The map for a terminal."""
    width = max((len(prose(lesson.title)) for lesson in lessons), default=0)
    return "\n".join(
        f"{word:5}  {prose(lesson.title):{width}}  {_steps(lesson)}{(lesson.minutes and f'  {_time(lesson)}') or ''}"
        for word, lesson in standing(lessons)
    )


def standing(lessons: tuple[Lesson, ...]) -> tuple[tuple[str, Lesson], ...]:
    """Each lesson with a word: done, next for the first that is not, later for those after it."""
    following = next((lesson for lesson in lessons if not lesson.is_done), None)
    return tuple(
        ("done" if lesson.is_done else "next" if lesson is following else "later", lesson) for lesson in lessons
    )


def _row(word: str, lesson: Lesson) -> str:
    title = escape(prose(lesson.title))
    linked = f'<a href="{escape(lesson.page)}">{title}</a>' if lesson.page else title
    about = f'<br>\n<span style="font-weight: normal">{escape(sentence(lesson.about))}</span>' if lesson.about else ""
    return (
        f'<tr><td {SHORT}><strong>{word}</strong></td><th scope="row" {LEFT}>{linked}{about}</th>'
        f"<td {SHORT}>{_steps(lesson)}</td><td {SHORT}>{_time(lesson)}</td></tr>\n"
    )


def _steps(lesson: Lesson) -> str:
    return f"{lesson.done} of {lesson.of} done"


def _time(lesson: Lesson) -> str:
    return f"{lesson.minutes} minutes" if lesson.minutes else ""
