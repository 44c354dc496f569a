"""Several attempts at a lab, and what stands in the report of one: tries, what was shown, the best attempt."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.attempts import attempts
from labcheck.journal import Journal
from labcheck.judge import judge, reported
from labcheck.lab import load
from labcheck.log import Answered, Entry, Log, Shown
from labcheck.progress import Progress
from labcheck.render import wording
from labcheck.render.as_html import html_fragment
from labcheck.render.attempts import listed
from labcheck.render.junit import render as junit
from labcheck.render.terminal import render
from labcheck.report import Best, Report, StepReport
from labcheck.verdict import Outcome
from tests.support.places import VECTORS

LAB = load("push-and-pull")
SOLVED = evidence.decode((VECTORS / "solved-push-and-pull.json").read_bytes())
UNANSWERED = replace(SOLVED, entries=tuple(it for it in SOLVED.entries if not isinstance(it, Answered)))
END = SOLVED.looks[-1].until


def after(*more: Entry, log: Log = UNANSWERED) -> Report:
    """The report on the solution, after these entries, too."""
    return judge(LAB, replace(log, entries=(*log.entries, *more)))


def answered(step: str, *values: str) -> StepReport:
    """The step after these answers."""
    return after(*(Answered(END, step, value) for value in values)).step(step)


def test_a_wrong_answer_after_the_right_one_is_said_to_be_wrong_and_the_right_one_counts() -> None:
    step = answered("images-left", "1", "99")
    assert (step.done, step.points, step.outcome, step.tries) == (True, 1, Outcome.PASS, 1)
    said = wording.focus(
        after(Answered(END, "images-left", "1"), Answered(END, "images-left", "99")).only("images-left")
    )
    assert said is not None
    assert said.heading == "Done: Count the images that are left (1 of 1 points)"
    assert said.reason == "Your answer 99 is not right, but your answer 1 is right, and that one counts."
    assert answered("images-left", "1", "99", "1").note is None


@pytest.mark.parametrize("number", [*range(10), 10**30, -5])
def test_every_wrong_number_gets_a_reason(number: int) -> None:
    step = answered("images-left", str(number))
    if number == 1:
        assert step.done
        return
    (verdict,) = step.checks
    assert not step.done
    assert verdict.why or verdict.expected in {f"more than {number}", f"fewer than {number}"}


@pytest.mark.parametrize("word", ["many", "1.5", "one two", "-"])
def test_what_is_no_number_is_asked_for_one(word: str) -> None:
    (verdict,) = answered("images-left", word).checks
    assert verdict.expected == "a whole number"


def test_a_question_tells_how_many_tries_it_took_and_a_step_that_asks_nothing_does_not() -> None:
    report = after(*(Answered(END, "images-left", value) for value in ("3", "2", "1")))
    assert [step.tries for step in report.steps if step.id in {"images-left", "catalog", "push"}] == [None, 0, 3]
    assert "done   Count the images that are left (3 tries)" in render(report)
    assert "Count the images that are left (3 tries)</th>" in html_fragment(report)
    assert '<property name="images-left.tries" value="3" />' in junit(report)


def test_what_was_shown_stands_in_the_report_with_its_time_but_on_a_page_without_one() -> None:
    report = after(Shown(0, "push", "hint"), Shown(3600 * 10**9, "push", "solution"))
    assert [(it.what, it.at) for it in report.step("push").shown] == [
        ("hint", "1970-01-01T00:00:00.000Z"),
        ("solution", "1970-01-01T01:00:00.000Z"),
    ]
    shown = wording.remarks(report.step("push"), report.looked_at, UTC)
    assert shown == "hint shown at 1970-01-01 00:00 UTC, solution shown at 1970-01-01 01:00 UTC"
    assert "(hint shown, solution shown)</th>" in html_fragment(report)
    assert '<property name="push.hint" value="1970-01-01T00:00:00.000Z" />' in junit(report)


def test_after_a_reset_the_best_attempt_is_named_and_all_are_listed(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        assert listed(LAB.title, attempts(LAB, journal)).endswith("There are no attempts yet.\n")
        first = journal.begin(LAB.slug, engine="engine", began=SOLVED.began)
        journal.append(first, SOLVED.entries)
        progress = Progress(LAB, journal)
        moment = progress.now(first)
        assert progress.best(moment) == Best(1, 19)
        assert wording.best(reported(LAB, moment.standing, 1, progress.best(moment))) == ""
        second = journal.begin(LAB.slug, engine="engine", began=END)
        journal.append(second, SOLVED.entries[:1])
        for known in (progress, Progress(LAB, journal)):
            moment = known.now(second)
            report = reported(LAB, moment.standing, 2, known.best(moment))
            assert report.best == Best(1, 19)
            assert "Your best attempt is number 1, with 19 of 19 points." in " ".join(render(report).split())
        tried = attempts(LAB, journal)
    assert [(it.attempt, it.points, it.done, it.outcome) for it in tried] == [
        (1, 19, 10, Outcome.PASS),
        (2, 0, 0, Outcome.FAIL),
    ]
    lines = listed(LAB.title, tried).splitlines()
    assert lines[2].endswith("10 of 10 steps  19 of 19 points  done  (the best)")
    assert lines[3].endswith(" 0 of 10 steps  0 of 19 points  not finished")
