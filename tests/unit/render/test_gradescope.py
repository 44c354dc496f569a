"""What Gradescope takes as ``results.json``, by its specification.

https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format" and what follows.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest

from labcheck.gradebook import Marked
from labcheck.render import results
from labcheck.submission import Learner
from tests.support.gradebooks import book

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
Format = Literal["text", "html", "simple_format", "md", "ansi"]
Number = Annotated[float, msgspec.Meta(ge=0)]


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """A test: all of it is optional, but each has a score if the whole has none."""

    score: Number | msgspec.UnsetType = msgspec.UNSET
    max_score: Number | msgspec.UnsetType = msgspec.UNSET
    status: Literal["passed", "failed"] | msgspec.UnsetType = msgspec.UNSET
    name: str = ""
    name_format: Format = "text"
    number: str = ""
    output: str = ""
    output_format: Format = "text"
    tags: tuple[str, ...] = ()
    visibility: Visibility = "visible"
    extra_data: dict[str, Any] = {}


class Results(msgspec.Struct, forbid_unknown_fields=True):
    """The file. Without tests, or where one has no score, it needs a score of its own, which counts then."""

    score: Number | msgspec.UnsetType = msgspec.UNSET
    execution_time: float = 0
    output: str = ""
    output_format: Format = "text"
    test_output_format: Format = "text"
    test_name_format: Format = "text"
    visibility: Visibility = "visible"
    stdout_visibility: Visibility = "visible"
    extra_data: dict[str, Any] = {}
    tests: tuple[Case, ...] = ()
    leaderboard: tuple[dict[str, Any], ...] = ()

    @property
    def total(self) -> float:
        """The score that Gradescope gives."""
        if self.score is not msgspec.UNSET:
            return self.score
        assert self.tests, "a score is required where there are no tests"
        scores = [test.score for test in self.tests if test.score is not msgspec.UNSET]
        assert len(scores) == len(self.tests), "a score is required where a test has none"
        return sum(scores)


def taken(marked: Marked) -> Results:
    return msgspec.json.decode(results.gradescope(marked), type=Results)


@pytest.mark.parametrize(("who", "points"), [("ann", 19), ("bob", 6), ("cyd", 0), ("dora", 17), ("emil", 0)])
def test_it_gives_the_points_that_are_decided(who: str, points: float) -> None:
    marked = next(it for it in book().marked if it.learner.id == who)
    assert taken(marked).total == points == marked.labs[0].points


def test_somebody_without_a_lab_has_a_score_too() -> None:
    assert taken(Marked(learner=Learner("x"), file="x", submitted_at="2026-11-27T18:00:00Z")).total == 0


def test_what_is_decided_has_a_score_for_each_step_and_the_whole_is_their_sum() -> None:
    ann, *_ = book().marked
    result = taken(ann)
    assert result.score is msgspec.UNSET
    for test in result.tests:
        assert test.score is not msgspec.UNSET
        assert test.max_score is not msgspec.UNSET
        assert test.score <= test.max_score
        assert test.status == ("passed" if test.score == test.max_score else "failed")


def test_a_step_that_is_undecided_has_neither_score_nor_status() -> None:
    _, bob, *_ = book().marked
    undecided = [test for test in taken(bob).tests if test.score is msgspec.UNSET]
    assert len(undecided) == 6
    assert all("Undecided" in test.output and test.status is msgspec.UNSET for test in undecided)
