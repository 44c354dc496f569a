"""An excused step counts neither for nor against, and nothing waits for it."""

from __future__ import annotations

import pytest

from labcheck.cli.grade import excused
from labcheck.errors import Refused
from labcheck.grade import Excuse, Rules, Source
from labcheck.grade.excuse import lightened
from labcheck.grade.mark import marks
from labcheck.gradebook import LabMark
from labcheck.lab import load
from labcheck.log import Log
from labcheck.submission import Learner, Submission
from labcheck.verdict import Outcome
from tests.support import recorded

LAB = "push-and-pull"


def marked(name: str, *excuses: Excuse, learner: str = "ann") -> LabMark:
    log: Log = recorded.log(name)
    handed = Submission(Learner(learner), 0, {LAB: ""}, (log,))
    (mark,) = marks([(LAB, load(LAB))], handed, Rules(excuses=excuses))
    return mark


def test_its_points_are_taken_from_both_sides() -> None:
    mark = marked("solved", Excuse("tag"))
    assert (mark.points, mark.max_points, mark.outcome) == (17, 17, Outcome.PASS)
    step = next(step for step in mark.steps if step.id == "tag")
    assert (step.excused, step.points, step.max_points, step.done) == (True, 0, 2, True)


def test_it_is_for_one_learner_or_one_lab_or_all() -> None:
    assert marked("solved", Excuse("tag", learner="bob")).max_points == 19
    assert marked("solved", Excuse("tag", learner="bob"), learner="bob").max_points == 17
    assert marked("solved", Excuse("tag", lab="other")).max_points == 19
    assert marked("solved", Excuse("tag", lab=LAB)).max_points == 17


def test_what_was_not_observed_of_it_is_no_longer_undecided() -> None:
    before, after = marked("checked-only-at-the-end"), marked("checked-only-at-the-end", Excuse("tag"))
    assert [it.id for it in before.undecided if it.id != "tag"] == [it.id for it in after.undecided]
    assert after.at_most == before.at_most - 2


def test_other_steps_wait_for_what_it_waited_for() -> None:
    lab = lightened(load(LAB), frozenset({"tag"}))
    assert lab.step("push").after == ("start-registry", "pull")
    assert lightened(load(LAB), frozenset({"nothing"})) is load(LAB) or lightened(load(LAB), frozenset()) == load(LAB)


def test_what_demands_that_something_is_gone_still_waits() -> None:
    lab = load(LAB)
    gone = next(step for step in lab.steps if any(check.demands_absence for check in step.checks))
    assert lightened(lab, frozenset(gone.after)).step(gone.id).after == gone.after


@pytest.mark.parametrize(
    ("written", "excuse"),
    {
        "tag": Excuse("tag"),
        "push-and-pull/tag": Excuse("tag", LAB),
        "tag=ann=b/c": Excuse("tag", "", "ann=b/c"),
        "push-and-pull/tag=ann@example.org": Excuse("tag", LAB, "ann@example.org"),
    }.items(),
)
def test_it_is_written_in_one_word(written: str, excuse: Excuse) -> None:
    assert excused(written, (Source.of(LAB),)) == excuse


@pytest.mark.parametrize("written", ["tga", "start-here/tag", "", "=ann"])
def test_a_step_that_is_not_graded_cannot_be_excused(written: str) -> None:
    with pytest.raises(Refused, match="No lab that is graded"):
        excused(written, (Source.of(LAB),))
