"""The class of twelve comes to what was written down before it was played."""

from __future__ import annotations

from functools import cache

import pytest

from labcheck.flag import Kind
from labcheck.grade import Job, Rules, grade
from labcheck.grade.run import Source
from labcheck.gradebook import Marked
from labcheck.roster import Enrolled, Roster
from labcheck.submission_file import decode
from tests.support.classroom import HANDED_IN, LABS, LATE, classroom, until, ways


@cache
def _class() -> dict[str, Marked]:
    """What each of them came to."""
    rules = Rules(until=until(), a_day=LATE)
    known = classroom()
    job = Job(
        files=tuple(HANDED_IN.iterdir()),
        labs=tuple(map(Source.of, LABS)),
        rules=rules,
        at=0,
        roster=Roster({it.id: Enrolled(it.id, it.name) for it in known.learners}),
        secret=known.secret,
        workers=1,
    )
    with grade(job) as book:
        assert not book.not_gradable
        return {it.learner.id: it for it in book.marked}


def test_everybody_is_there() -> None:
    assert sorted(_class()) == sorted(ways().learners)
    assert len(_class()) == 12


@pytest.mark.parametrize("learner", ways().learners)
def test_the_points_are_those_that_were_expected(learner: str) -> None:
    way, marked = ways().learners[learner], _class()[learner]
    assert {it.lab: it.points for it in marked.labs} == way.points
    assert {it.lab: it.at_most for it in marked.labs} == {**way.points, **way.at_most}


@pytest.mark.parametrize("learner", ways().learners)
def test_what_is_flagged_is_what_there_is_to_see(learner: str) -> None:
    assert {flag.kind for flag in _class()[learner].flags} == {Kind(it) for it in ways().learners[learner].flags}


@pytest.mark.parametrize("learner", ways().learners)
def test_mistakes_have_their_names(learner: str) -> None:
    steps = {step.id: step for lab in _class()[learner].labs for step in lab.steps}
    told = {step: verdict.diagnosis for step in steps if (verdict := steps[step].trouble) and verdict.diagnosis}
    assert ways().learners[learner].mistakes.items() <= told.items()


def test_what_was_handed_in_is_small_and_whole() -> None:
    for file in HANDED_IN.iterdir():
        assert file.stat().st_size < 40_000
        decode(file.read_bytes())
