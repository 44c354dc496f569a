"""The wall in words: what an instructor reads, and nothing of a message unescaped."""

from __future__ import annotations

import re

import pytest

from labcheck.lab import load
from labcheck.share.where import Stand, Step, Where
from labcheck.wall.need import Need, Row
from labcheck.wall.page import duration, page, wall
from tests.support.reports import HOSTILE

LAB = load("push-and-pull")
STEPS = tuple(Step(step.id, Stand.NEXT if step.id == "push" else Stand.DONE) for step in LAB.steps)
STUCK = Where(lab=LAB.slug, steps=STEPS, at="push", mistake="tagged-not-pushed", stuck=300, shown=1)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_who_is_stuck_at_what_and_for_how_long() -> None:
    told = text(wall([Row("ann", "Ann", Need.STUCK, 300, STUCK)]))
    assert "Ann stuck · 5 min" in told
    assert "Push and pull through a private registry Need help" in told, "the lab of most is named once"
    assert "Step 4 of 10: Push both images to your registry" in told
    assert "The image has its new name, but it was not pushed. Was shown a hint." in told


def test_who_works_is_finished_silent_or_absent_has_a_line() -> None:
    works = Where(lab=LAB.slug, steps=STEPS, at="push")
    done = Where(lab=LAB.slug, steps=tuple(Step(it.id, Stand.DONE) for it in STEPS))
    rows = [
        Row("a", "Ann", Need.WORKING, 3, works),
        Row("b", "Bob", Need.FINISHED, 3, done),
        Row("c", "Cat", Need.SILENT, 200, works),
        Row("d", "Dan", Need.ABSENT),
    ]
    told = text(wall(rows))
    assert told.startswith("1 working · 1 finished · 1 not heard from · 1 not here yet")
    assert "Cat for 3 min; last: Step 4 of 10: Push both" in told
    assert told.endswith("Not here yet 1 Dan")


def test_those_who_work_at_a_step_share_a_line_in_the_order_of_the_course() -> None:
    def at(name: str, lab: str, step: int) -> Row:
        steps = tuple(Step(it.id, Stand.NEXT) for it in load(lab).steps)
        return Row(name, name, Need.WORKING, 1, Where(lab=lab, steps=steps, at=steps[step].id))

    rows = [at("Ann", LAB.slug, 3), at("Bob", LAB.slug, 0), at("Cat", "image-names", 0), at("Dan", LAB.slug, 3)]
    told = text(wall(rows))
    assert "Push and pull through a private registry , where no other lab is named" in told
    places = [told.index(it) for it in ("Names of images, step 1 of", "Cat", "Step 1 of 10", "Bob", "Step 4 of 10")]
    assert places == sorted(places), told
    assert told.endswith("Ann , Dan")


def test_several_ask() -> None:
    rows = [Row(name, name, Need.ASKS, 1, STUCK) for name in "ab"]
    assert text(wall(rows)).startswith("2 ask for help")


def test_what_many_do_wrong_is_said_on_top() -> None:
    rows = [Row(name, name, Need.WORKING, 1, STUCK) for name in "ab"]
    assert "2 times: The image has its new name, but it was not pushed." in text(wall(rows))


def test_what_is_not_known_here_is_named_as_it_was_told() -> None:
    told = Where(lab="own.yaml", steps=(Step("a", Stand.NEXT),), at="a", mistake="newer")
    shown = text(wall([Row("ann", "Ann", Need.STUCK, 1, told)]))
    assert "1 stuck own.yaml" in shown
    assert "Step 1 of 1: a. A mistake that this labcheck does not know." in shown


@pytest.mark.parametrize("need", list(Need))
def test_nothing_is_shown_unescaped(need: Need) -> None:
    hostile = Where(lab=HOSTILE, steps=(Step(HOSTILE, Stand.NEXT),), at=HOSTILE, mistake=HOSTILE)
    told = wall([Row(HOSTILE, HOSTILE, need, 1, hostile), Row("b", "", need, 1, hostile)])
    assert "<script" not in told
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_the_page_has_its_style_and_script_and_asks_nobody_else() -> None:
    whole = page("<p>here</p>")
    assert "<p>here</p>" in whole
    assert "/*css*/" not in whole
    assert "/*js*/" not in whole
    assert not re.search(r"(?:src|href)=", whole)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "under 1 min"), (60, "1 min"), (3599, "59 min"), (3660, "1 h 1 min")]
)
def test_durations_are_those_of_a_wall_clock(seconds: int, said: str) -> None:
    assert duration(seconds) == said
