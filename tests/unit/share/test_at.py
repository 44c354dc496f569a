"""At which lab a learner is: where a step was completed last, and after that lab's end at the next one."""

from __future__ import annotations

from labcheck.lab import load, slugs
from labcheck.log import Head
from labcheck.past import Past
from labcheck.progress import Moment
from labcheck.share.follow import Begun, at
from labcheck.standing import Standing

FIRST, SECOND, THIRD = slugs()[:3]


def begun(slug: str, *, steps: int = 0, last: int = 0) -> Begun:
    lab = load(slug)
    count = len(lab.steps) if steps < 0 else steps
    done = {step.id: last - 1 + (place == count - 1) for place, step in enumerate(lab.steps[:count])}
    return Begun(lab, Moment(Head(slug, 1, "engine", 0), Standing(Past(0), done=done)))


def place(*those: Begun) -> str | None:
    it = at(those)
    return it.lab.slug if it else None


def test_nowhere_before_anything_is_begun() -> None:
    assert place() is None


def test_at_the_first_before_anything_is_done() -> None:
    assert place(begun(THIRD), begun(SECOND), begun(FIRST)) == FIRST


def test_where_a_step_was_completed_last() -> None:
    assert place(begun(FIRST, steps=1, last=5), begun(SECOND, steps=1, last=9), begun(THIRD)) == SECOND
    assert place(begun(FIRST, steps=1, last=12), begun(SECOND, steps=1, last=9), begun(THIRD)) == FIRST


def test_after_a_finished_lab_at_the_next_one_that_is_not() -> None:
    assert place(begun(FIRST, steps=-1, last=9), begun(SECOND), begun(THIRD)) == SECOND
    assert place(begun(FIRST, steps=-1, last=9), begun(SECOND, steps=-1, last=3), begun(THIRD)) == THIRD


def test_at_the_last_one_when_all_are_finished() -> None:
    assert place(begun(FIRST, steps=-1, last=3), begun(SECOND, steps=-1, last=9)) == SECOND
