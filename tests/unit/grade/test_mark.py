"""A submission is judged again, by the instructor's labs and rules; no verdict is taken from it."""

from __future__ import annotations

from labcheck.grade import Rules
from labcheck.grade.mark import marks
from labcheck.grade.rules import DAY
from labcheck.gradebook import LabMark
from labcheck.lab import load, parse
from labcheck.log import Log
from labcheck.submission import Learner, Submission
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.places import PACKAGE

LAB = "push-and-pull"


def _marked(*logs: Log, rules: Rules | None = None) -> LabMark:
    handed = Submission(Learner("ann"), 0, {LAB: ""}, logs)
    (mark,) = marks([(LAB, load(LAB))], handed, rules or Rules())
    return mark


def test_it_is_what_a_report_says() -> None:
    for name in recorded.PRACTISED:
        report, mark = recorded.report(name), _marked(recorded.log(name))
        assert (mark.points, mark.max_points, mark.outcome) == (report.points, report.max_points, report.outcome)
        assert [step.points for step in mark.steps] == [step.points for step in report.steps]


def test_a_lab_that_was_not_handed_in_has_no_mark() -> None:
    assert marks([(LAB, load(LAB))], Submission(Learner("ann"), 0, {}, ()), Rules()) == ()


def test_the_best_attempt_counts_or_the_last() -> None:
    logs = recorded.log("solved"), recorded.log("untouched")
    assert _marked(*logs).points == 19
    assert _marked(*logs, rules=Rules(attempt="last")).points == 0


def test_what_nobody_observed_is_undecided_not_failed() -> None:
    mark = _marked(recorded.log("checked-only-at-the-end"))
    assert "tag" in [step.id for step in mark.undecided]
    assert {step.outcome for step in mark.undecided} == {Outcome.INCONCLUSIVE}


def test_each_late_day_costs_its_share_and_only_of_what_was_late() -> None:
    log = recorded.log("solved")
    whole = _marked(log, rules=Rules(until=log.entries[-1].at))
    assert whole.points == 19
    until = log.entries[len(log.entries) // 2].at
    half = _marked(log, rules=Rules(until=until, a_day=50))
    late = [step for step in half.steps if step.late]
    assert 0 < len(late) < len(half.steps)
    assert half.points == 19 - sum(step.max_points for step in late) / 2
    none = _marked(log, rules=Rules(until=log.began - 3 * DAY, a_day=50))
    assert none.points == 0


def test_a_corrected_lab_marks_the_same_evidence_anew() -> None:
    text = (PACKAGE / "labs/03-push-and-pull.yaml").read_text(encoding="utf-8")
    generous = parse(text.replace("points: 2", "points: 7"), LAB)
    (mark,) = marks([(LAB, generous)], Submission(Learner(""), 0, {}, (recorded.log("solved"),)), Rules())
    assert mark.points == mark.max_points > 19
