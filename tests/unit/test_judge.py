"""What is done, what holds, what is broken: the semantics of a log, on a lab small enough to see through."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck.cause import EngineNotRunning, Where
from labcheck.document import Document
from labcheck.judge import judge
from labcheck.lab import Lab, load, parse
from labcheck.log import Answered, Entry, Gap, Happened, Log, Look, Shown
from labcheck.plan import plan
from labcheck.query import Catalog, ContainerList, EngineInfo, ImageList, ImageNamed, Query
from labcheck.render import junit, terminal
from labcheck.render.as_html import html_fragment
from labcheck.render.checklist import checklist
from labcheck.report import State, StepReport
from labcheck.snapshot import Absent, Evidence, Found, Snapshot, Unknown
from labcheck.verdict import Outcome
from tests.support import recorded

LAB = parse(
    """
title: A small lab
steps:
  - {id: one, title: Pull one, points: 2, solution: docker pull one, checks: [{check: image-present, image: one}]}
  - {id: two, title: Pull two, after: [one], checks: [{check: image-present, image: two}]}
  - id: count
    title: Count
    after: [two]
    question: {ask: "How many?", kind: number, answer: {count-of: images}, wrong: {"3": You counted the header.}}
  - id: remove
    title: Remove one
    after: [two]
    undoes: [one]
    checks: [{check: image-absent, image: one}]
  - id: three
    title: Pull three
    after: [remove]
    checks: [{check: image-present, image: three}]
""",
    "small",
)
DOWN = "The Docker engine is not running: there is no /var/run/docker.sock."


def look(at: int, *images: str, down: bool = False) -> Look:
    """What a look sees of these images; with ``down``, of an engine that does not answer."""
    ids = {name: f"sha256:{name}" for name in images}

    def seen(query: Query) -> Evidence[Document]:
        match query:
            case _ if down:
                return Unknown(DOWN, EngineNotRunning(Where("/run/docker.sock")))
            case EngineInfo():
                return Found({"ID": "engine", "ServerVersion": "28.5.2"})
            case ImageNamed(reference):
                return Found({"Id": ids[reference]}) if reference in ids else Absent()
            case ImageList():
                rows = [{"Id": ids[name], "RepoTags": [f"{name}:latest"]} for name in images]
                return Found({"listed": rows, "others": 0})
            case ContainerList():
                return Found({"listed": [], "others": 0})
            case _:
                raise AssertionError(query)

    return Look(at, at, Snapshot.of({query: seen(query) for query in plan(LAB).queries}))


def pull(at: int, name: str) -> Happened:
    """The engine's event of a pull."""
    attributes = {"name": name}
    return Happened(
        {"Type": "image", "Action": "pull", "timeNano": at, "Actor": {"ID": f"{name}:latest", "Attributes": attributes}}
    )


def standing(*entries: Entry, lab: Lab = LAB) -> dict[str, StepReport]:
    """How the steps stand after these entries."""
    return {step.id: step for step in judge(lab, Log(lab.slug, 0, entries)).steps}


def test_an_untouched_lab_fails_its_first_step_and_skips_what_waits_for_it() -> None:
    steps = standing(look(1))
    assert [step.outcome for step in steps.values()] == [Outcome.FAIL] + [Outcome.SKIP] * 4
    assert [step.state for step in steps.values()] == [State.NEXT] + [State.LATER] * 4
    assert steps["one"].checks[0].fix.commands == ("docker pull one",)
    assert "Pull one" in steps["two"].checks[0].why


def test_nobody_looked_is_not_a_failure() -> None:
    report = judge(LAB, Log("small", 0))
    assert report.steps[0].outcome is Outcome.INCONCLUSIVE
    assert report.looked_at is None


def test_a_step_is_done_by_the_look_that_passed_it_and_keeps_its_points() -> None:
    steps = standing(look(1), look(2_000_000, "one"), look(3_000_000, "one"))
    assert steps["one"].done_at == "1970-01-01T00:00:00.002Z"
    assert (steps["one"].points, steps["one"].holds_now, steps["one"].state) == (2, True, State.DONE)
    assert steps["two"].state is State.NEXT


def test_one_look_can_see_several_steps_done() -> None:
    assert [step.done for step in standing(look(1, "one", "two")).values()] == [True, True, False, False, False]


def test_a_done_step_that_no_longer_holds_is_broken_since_the_first_look_that_saw_it() -> None:
    steps = standing(look(1, "one"), look(2_000_000), look(3_000_000), look(4_000_000))
    assert steps["one"].state is State.BROKEN
    assert steps["one"].broken_since == "1970-01-01T00:00:00.002Z"
    assert (steps["one"].outcome, steps["one"].points, steps["one"].done) == (Outcome.FAIL, 2, True)
    assert steps["one"].checks[0].fix.commands == ("docker pull one",)


def test_a_look_that_saw_nothing_neither_breaks_nor_mends() -> None:
    steps = standing(look(1, "one"), look(2, down=True))
    assert (steps["one"].outcome, steps["one"].holds_now, steps["one"].state) == (Outcome.PASS, None, State.DONE)
    broken = standing(look(1, "one"), look(2_000_000), look(3_000_000, down=True), look(4_000_000))
    assert broken["one"].broken_since == "1970-01-01T00:00:00.002Z"


def test_what_a_reached_step_undoes_is_not_broken() -> None:
    steps = standing(look(1, "one", "two"), look(2, "two"))
    assert (steps["one"].state, steps["one"].holds_now, steps["one"].broken_since) == (State.DONE, False, None)
    assert steps["remove"].done


def test_before_the_step_that_undoes_it_is_reached_it_is_broken() -> None:
    assert standing(look(1, "one"), look(2))["one"].state is State.BROKEN


def test_mending_a_broken_step_makes_it_hold_again() -> None:
    steps = standing(look(1, "one"), look(2), look(3, "one"))
    assert (steps["one"].state, steps["one"].broken_since) == (State.DONE, None)


def test_a_demand_of_absence_is_not_done_before_the_presence_was() -> None:
    assert not standing(look(1))["remove"].done
    assert standing(look(1))["remove"].outcome is Outcome.SKIP


def test_an_engine_that_does_not_answer_is_inconclusive_everywhere() -> None:
    steps = standing(look(1, down=True))
    assert {step.outcome for step in steps.values()} == {Outcome.INCONCLUSIVE}
    assert steps["one"].state is State.UNSEEN
    assert steps["one"].checks[0].diagnosis == "engine-not-running"


def test_the_events_prove_a_pull_that_nobody_saw() -> None:
    steps = standing(pull(1, "one"), pull(2, "two"), look(3, "two"))
    assert (steps["one"].done, steps["two"].done, steps["remove"].done) == (True, True, True)


def test_an_answer_is_judged_by_the_newest_look_up_to_it_at_which_the_step_it_asks_about_held() -> None:
    entries = (look(1, "one", "two"), look(2, "one", "two", "three"), look(3, "two"), look(4))
    assert standing(*entries)["count"].outcome is Outcome.FAIL
    assert standing(*entries, Answered(5, "count", "1"))["count"].done
    for wrong in "30":
        step = standing(*entries, Answered(5, "count", wrong))["count"]
        assert (step.done, step.outcome) == (False, Outcome.FAIL)
    assert standing(entries[0], Answered(1, "count", "2"), *entries[1:])["count"].done


def test_what_was_right_when_the_step_was_done_stays_right() -> None:
    entries = (look(1, "one", "two"), look(2, "two"))
    assert standing(*entries, Answered(3, "count", "2"))["count"].done


def test_an_answer_before_the_step_it_asks_about_is_judged_by_the_first_look_that_saw_it() -> None:
    entries = (look(1, "one"), Answered(1, "count", "2"), look(2, "one", "two"), look(3, "two"))
    assert standing(*entries)["count"].done


def test_a_likely_wrong_answer_is_explained_and_the_right_one_counts_whenever_it_came() -> None:
    entries = (look(1, "one", "two"), Answered(2, "count", "3"))
    assert standing(*entries)["count"].checks[0].why == "You counted the header."
    later = standing(*entries, Answered(3, "count", "2"), Answered(4, "count", "7"))["count"]
    assert (later.done, later.outcome) == (True, Outcome.PASS)


def test_an_unanswered_question_blocks_no_other_step() -> None:
    assert standing(look(1, "one", "two"), look(2, "two", "three"))["three"].done


def test_a_question_about_what_nobody_saw_is_inconclusive() -> None:
    entries = (pull(1, "one"), pull(2, "two"), look(3), Answered(4, "count", "2"))
    assert standing(*entries)["count"].outcome is Outcome.INCONCLUSIVE


def test_a_gap_proves_nothing() -> None:
    assert standing(Gap(1), look(2))["one"].outcome is Outcome.FAIL


@pytest.mark.parametrize("extra", [(), (look(9, "one"),), (look(9, down=True),)])
def test_judging_twice_gives_the_same_report(extra: tuple[Entry, ...]) -> None:
    log = Log("small", 0, (look(1, "one"), look(2, "one", "two"), *extra))
    assert judge(LAB, log) == judge(LAB, log)


def test_a_question_whose_answer_nobody_could_see_is_not_settled_by_one() -> None:
    """The step it asks about holds, but the catalog could not be read."""
    lab, log = load("push-and-pull"), recorded.log("solved")
    catalog = Catalog("localhost:5000")

    def unread(entry: Entry) -> Entry:
        if not isinstance(entry, Look):
            return entry
        answers = (it for it in entry.snapshot.answers if it.query != catalog)
        return replace(entry, snapshot=Snapshot(tuple(answers)))

    step = judge(lab, replace(log, entries=tuple(map(unread, log.entries)))).step("catalog")
    assert judge(lab, log).step("catalog").done
    assert (step.done, step.outcome) == (False, Outcome.INCONCLUSIVE)


def test_what_was_played_for_the_learner_is_done_and_gives_no_points() -> None:
    played = Shown(2, "one", "played")
    steps = standing(look(1), played, look(3, "one"))
    assert (steps["one"].done, steps["one"].points, steps["one"].max_points) == (True, 0, 2)
    assert [it.what for it in steps["one"].shown] == ["played"]
    assert steps["two"].state is State.NEXT
    report = judge(LAB, Log("small", 0, (look(1), played, look(3, "one"))))
    assert report.points == 0
    assert "done   Pull one (played for you at 00:00 UTC, no points)" in terminal.render(report)
    assert "0 of 6 points: not finished yet. 1 step was played for you." in terminal.render(report)
    assert "(0 of 2 points, played for you)" in checklist(report)
    assert '<property name="one.played" value="1970-01-01T00:00:00.000Z" />' in junit.render(report)
    assert "played for you" in html_fragment(report)


def test_what_was_earned_before_it_was_played_stays_earned() -> None:
    steps = standing(look(1, "one"), look(2), Shown(3, "one", "played"), look(4, "one"))
    assert (steps["one"].points, steps["one"].holds_now, steps["one"].shown) == (2, True, ())


def test_what_was_played_in_vain_and_then_done_gives_no_points_either() -> None:
    steps = standing(look(1), Shown(2, "one", "played"), look(3), look(4, "one"))
    assert steps["one"].points == 0
