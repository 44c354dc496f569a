"""The checklist: every step with a sign and a word, the open one with what is expected beside what is seen."""

from __future__ import annotations

import re

import pytest

from labcheck.question import Question, Truth
from labcheck.render.checklist import SIGNS, checklist
from labcheck.render.interactive import Help, announced, live, removal
from labcheck.render.wording import STEP
from labcheck.report import Report, State
from tests.support.reports import HOSTILE, REPORTS, made, no, step
from tests.support.tags import Tags

EVERY = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
QUESTION = Question(
    ask="Why <b>?", kind="choice", answer=Truth(choice="a"), choices={"a": "It is <i>used</i>.", "b": "No."}
)


@EVERY
def test_each_step_has_a_sign_and_a_word_and_all_is_well_formed(report: Report) -> None:
    for html in (checklist(report), live(report, Help(("one",), 2, ("docker ps",), has_solution=True))):
        assert Tags(html).seen.isdisjoint({"script", "style", "svg", "h1", "h2", "h3"})
        rows = re.findall(r"<li class=\"labcheck-\w+\">.*</li>", html)
        assert len(rows) == len(report.steps)
        for row, one in zip(rows, report.steps, strict=True):
            assert f">{SIGNS[one.state]}</span>" in row
            assert f"<strong>{STEP[one.state]}</strong>" in row


@EVERY
def test_the_same_state_gives_the_same_bytes(report: Report) -> None:
    assert not re.search(r"\b\d\d:\d\d\b|\d{4}-\d\d-\d\d", checklist(report))


def test_expected_stands_beside_seen_then_the_reason_then_the_command() -> None:
    html = checklist(REPORTS["half-way"])
    order = [
        "Expected",
        "Seen",
        "localhost:5000/httpd:latest in the",
        "no repository httpd",
        "You tagged httpd",
        "<pre",
    ]
    places = [html.index(text) for text in order]
    assert places == sorted(places)
    assert "<code>docker push localhost:5000/httpd:latest</code>" in html


def test_what_could_not_be_seen_is_not_said_to_be_missing() -> None:
    html = checklist(_blind())
    assert "Could not look</th>" in html
    assert "Seen</th>" not in html


def _blind() -> Report:
    return next(it for it in REPORTS.values() if it.open_step and it.open_step.state is State.UNSEEN)


def test_nothing_that_came_from_outside_is_markup() -> None:
    report = made(step("x", HOSTILE, no(HOSTILE, HOSTILE, HOSTILE, HOSTILE, why=HOSTILE)), title=HOSTILE)
    for html in (checklist(report), live(report, Help((HOSTILE,), 2, (HOSTILE,), has_solution=True), HOSTILE)):
        assert "script" not in Tags(html).seen
        assert "\x1b" not in html
        assert "\u202e" not in html
    assert "script" not in Tags(removal({"container": (HOSTILE,)})).seen


def test_one_hint_after_the_other_is_offered_then_the_solution() -> None:
    report = REPORTS["untouched"]
    first = live(report, Help((), 2, has_solution=True))
    second = live(report, Help(("one",), 2, has_solution=True))
    last = live(report, Help(("one", "two"), 2, ("docker ps",), has_solution=True))
    assert "Hint 1 of 2</button>" in first
    assert "Show the solution</button>" in first
    assert "Hint 2 of 2</button>" in second
    assert "<strong>Hint 1:</strong> one" in second
    assert "<code>docker ps</code>" in last
    assert not re.search(r">Hint \d of|Show the solution", last)


def test_a_question_is_a_form_and_its_choices_are_radio_buttons_with_labels() -> None:
    report = REPORTS["question-open"]
    html = live(report, Help(question=QUESTION))
    assert html.count('<label><input type="radio"') == 2
    assert "<legend>Why &lt;b&gt;?</legend>" in html
    assert "labcheck answer" not in html
    number = live(report, Help(question=Question(ask="How many?", kind="number", answer=Truth(count_of="images"))))
    assert '<label>How many?<br>\n<input type="number"' in number


def test_what_changed_is_announced_and_nothing_else() -> None:
    before, after = REPORTS["untouched"], REPORTS["half-way"]
    assert announced(before, before) == ""
    assert announced(before, after).startswith("Done: Start a registry on port 5000. Done: Pull nginx")
    assert announced(before, after).endswith("Next: Push both images to your registry.")
