"""Who needs help: the order of the wall, and for how long it has been so."""

from __future__ import annotations

import pytest

from labcheck.share.where import Stand, Step, Where
from labcheck.wall.need import SILENT, SLOW, STUCK, Need, mistakes, rows
from labcheck.wall.register import Heard

NOW = 1000.0
OPEN = (Step("one", Stand.DONE), Step("two", Stand.NEXT))
WORKS = Where(lab="push-and-pull", steps=OPEN, at="two")


def need(where: Where, ago: float = 0) -> tuple[Need, int]:
    (row,) = rows([("ann", Heard(1, NOW - ago, where))], {}, NOW)
    return row.need, row.seconds


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), (Need.WORKING, 0)),
        (WORKS, (Need.WORKING, 0)),
        (Where(lab="x", steps=OPEN, at="two", idle=SLOW - 1), (Need.WORKING, SLOW - 1)),
        (Where(lab="x", steps=OPEN, at="two", idle=SLOW), (Need.SLOW, SLOW)),
        (Where(lab="x", steps=OPEN, at="two", mistake="m", stuck=STUCK - 1), (Need.WORKING, 0)),
        (Where(lab="x", steps=OPEN, at="two", mistake="m", stuck=STUCK), (Need.STUCK, STUCK)),
        (Where(lab="x", steps=OPEN, at="two", mistake="m", stuck=4, tries=3), (Need.STUCK, 4)),
        (Where(lab="x", steps=(Step("one", Stand.UNSEEN),), at="one", mistake="m", stuck=5), (Need.UNSEEN, 5)),
        (Where(lab="x", steps=(Step("one", Stand.DONE),), idle=5000), (Need.FINISHED, 5000)),
        (Where(lab="x", steps=OPEN, at="two", waiting=7), (Need.ASKS, 7)),
        (Where(lab="x", steps=(Step("one", Stand.DONE),), waiting=7), (Need.ASKS, 7)),
    ],
)
def test_each_need(where: Where, expected: tuple[Need, int]) -> None:
    assert need(where) == expected


def test_what_lasts_goes_on_between_messages() -> None:
    stuck = Where(lab="x", steps=OPEN, at="two", mistake="m", stuck=STUCK - 4)
    assert need(stuck, ago=5) == (Need.STUCK, STUCK + 1)


def test_who_is_silent_is_not_called_stuck() -> None:
    assert need(Where(waiting=3), ago=SILENT) == (Need.SILENT, int(SILENT))


def test_who_left_the_wall_is_not_shown_any_more() -> None:
    assert need(Where(gone=True)) == (Need.ABSENT, 0)


def test_the_neediest_first_and_then_by_time_and_name() -> None:
    heard = [
        ("zoe", Heard(1, NOW, WORKS)),
        ("abe", Heard(1, NOW, WORKS)),
        ("bob", None),
        ("cat", Heard(1, NOW, Where(waiting=9))),
        ("dan", Heard(1, NOW, Where(waiting=90))),
    ]
    assert [row.learner for row in rows(heard, {"abe": "Zed"}, NOW)] == ["dan", "cat", "abe", "zoe", "bob"]


def test_a_clock_that_was_set_back_does_no_harm() -> None:
    assert need(WORKS, ago=-3600) == (Need.WORKING, 0)


def test_the_commonest_mistakes_are_of_those_who_are_here() -> None:
    def made(mistake: str) -> Where:
        return Where(lab="x", steps=OPEN, at="two", mistake=mistake)

    heard = [(str(number), Heard(1, NOW, made(name))) for number, name in enumerate(["b", "a", "b", ""])]
    heard.append(("gone", Heard(1, NOW - SILENT, made("a"))))
    assert list(mistakes(rows(heard, {}, NOW))) == [("b", 2), ("a", 1)]
