"""Where a lab says so, a step gives a share of its points, and help takes some; nothing changes where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from labcheck.attempt import Attempt
from labcheck.errors import InvalidLab
from labcheck.grade.mark import mark
from labcheck.grade.rules import DAY, Rules
from labcheck.gradebook import LabMark
from labcheck.journal import Journal
from labcheck.judge import judge
from labcheck.lab import Lab, parse
from labcheck.log import Entry, Log, Shown
from labcheck.notebook.pressed import drawn
from labcheck.observe import Observer
from labcheck.plan import plan
from labcheck.render.checklist import checklist
from labcheck.render.terminal import render
from labcheck.replay import replay, start
from labcheck.report import Report
from labcheck.standing import Standing
from tests.unit.test_judge import look

LAB = parse(
    """
title: A small lab
costs: {hint: 1, solution: 2}
steps:
  - id: both
    title: Pull both
    points: 4
    partial: true
    hints: [Pull one., Pull the other.]
    solution: docker pull one
    checks: [{check: image-present, image: one}, {check: image-present, image: two}]
  - id: three
    title: Pull three
    points: 2
    hints: [Pull three.]
    solution: docker pull three
    checks: [{check: image-present, image: three}]
""",
    "small",
)

STEP = "{id: a, title: A, checks: [{check: image-present, image: a}]}"


def report(*entries: Entry, lab: Lab = LAB) -> Report:
    return judge(lab, Log(lab.slug, 0, entries))


def points(*entries: Entry) -> list[float]:
    return [step.points for step in report(*entries).steps]


def graded(*entries: Entry, rules: Rules) -> LabMark:
    return mark("small", LAB, Log("small", 0, entries), rules)


def test_the_best_share_that_ever_held_at_once_counts() -> None:
    assert points(look(1)) == [0, 0]
    assert points(look(1, "one")) == [2, 0]
    assert points(look(1, "one"), look(2)) == [2, 0], "as with a step that is done, what was earned stays"
    assert points(look(1, "one"), look(2, "two")) == [2, 0], "not both at once"
    assert points(look(1, "one"), look(2, "one", "two")) == [4, 0]
    assert not report(look(1, "one")).steps[0].done


def test_a_standing_that_was_written_down_remembers_the_share() -> None:
    first = replay(LAB, start(LAB, 0), [look(1, "one"), Shown(2, "both", "hint")])
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(first), type=Standing)
    then = replay(LAB, kept, [look(3)])
    assert then.points(LAB, LAB.steps[0]) == 1


def test_a_lab_that_does_not_say_so_gives_all_or_nothing_and_help_is_free() -> None:
    plain = msgspec.structs.replace(
        LAB, costs=type(LAB.costs)(), steps=(msgspec.structs.replace(LAB.steps[0], partial=False), LAB.steps[1])
    )
    entries = (look(1, "one"), Shown(2, "both", "hint"), look(3, "one", "three"))
    assert [step.points for step in report(*entries, lab=plain).steps] == [0, 2]
    assert [step.points for step in report(*entries, look(4, "one", "two"), lab=plain).steps] == [4, 2]
    assert b"costs" not in msgspec.json.encode(report(*entries, lab=plain))


def test_help_takes_points_only_if_it_was_shown_before_the_step_was_done() -> None:
    done = look(9, "one", "two", "three")
    assert points(look(1), Shown(2, "both", "hint"), done) == [3, 2]
    assert points(look(1), Shown(2, "both", "hint"), Shown(3, "both", "solution"), done) == [1, 2]
    assert points(done, Shown(10, "both", "solution"), look(11)) == [4, 2]


def test_no_step_falls_below_zero_and_the_last_hint_costs_once_however_often_it_is_shown() -> None:
    again = [Shown(at, "three", "hint") for at in range(2, 7)]
    assert points(look(1), *again, look(9, "three")) == [0, 1]
    assert points(look(1), *again, Shown(7, "three", "solution"), look(9, "three")) == [0, 0]


def test_a_share_earned_in_time_counts_in_full_even_if_the_rest_came_late() -> None:
    entries = look(DAY, "one"), look(3 * DAY, "one", "two")
    assert [step.points for step in graded(*entries, rules=Rules(until=2 * DAY)).steps] == [2, 0]
    assert [step.points for step in graded(*entries, rules=Rules(until=2 * DAY, a_day=10)).steps] == [3.6, 0]


def test_the_learner_is_told_what_help_costs_before_it_is_shown() -> None:
    told = "each hint takes 1 point, the solution 2 points"
    for text in (render(report(look(1))), checklist(report(look(1)))):
        assert told in " ".join(text.split())
    over = report(look(9, "one", "two", "three"))
    assert "takes" not in render(over)
    assert "takes" not in checklist(over)
    assert "2 of 4 points" in checklist(report(look(1, "one")))


@pytest.mark.parametrize("costs", ["{hint: -1}", "{solution: -2}", "{answer: 1}", "{hint: 1001}"])
def test_help_never_gives_points(costs: str) -> None:
    with pytest.raises(InvalidLab, match="line 2"):
        parse(
            f"title: T\ncosts: {costs}\nsteps: [{{id: a, title: A, checks: [{{check: image-present, image: a}}]}}]", "x"
        )


def test_one_check_has_no_parts() -> None:
    with pytest.raises(InvalidLab, match="partial"):
        parse(f"title: T\nsteps: [{STEP.replace('A,', 'A, partial: true,')}]", "x")


def test_the_buttons_say_what_they_cost_until_the_step_is_done() -> None:
    html = drawn(LAB, report(look(1)))
    assert "Hint 1 of 2 (costs 1 point)</button>" in html
    assert "Show the solution (costs 2 points)</button>" in html
    broken = drawn(LAB, report(look(1, "one", "two"), look(2, "one")))
    assert "Hint 1 of 2</button>" in broken, "it was done, so help is free"


def test_what_help_would_cost_now_is_known_without_looking(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal, Observer(plan(LAB).subject) as observer:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        journal.append(head, [look(2, "three")])

        def cost(step: str, what: Literal["hint", "solution"]) -> int:
            return Attempt(LAB, journal, observer, plan(LAB)).cost(step, what)

        assert (cost("both", "hint"), cost("both", "solution"), cost("three", "hint")) == (1, 2, 0)
        journal.append(head, [Shown(3, "both", "hint"), Shown(4, "both", "hint")])
        assert cost("both", "hint") == 0, "there is none that was not shown"
