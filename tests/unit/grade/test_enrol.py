"""With a roster, names come from it, and whoever is missing or unknown is said."""

from __future__ import annotations

import pytest

from labcheck.errors import Refused
from labcheck.grade.enrol import missing, named
from labcheck.gradebook import Marked
from labcheck.roster import parsed
from labcheck.submission import Learner

ROSTER = "\ufeffname;id;ID number\r\nBob;bob;7\r\n Ann ;ann;8\r\n;cyd;9\r\n"


def marked(*ids: str) -> list[Marked]:
    return [Marked(learner=Learner(it, "self-made"), file=f"{it}.labcheck", submitted_at="2026") for it in ids]


def test_the_roster_says_who_they_are() -> None:
    roster = parsed(ROSTER.lstrip("\ufeff"))
    here = [named(it, roster) for it in marked("eve", "bob", "cyd")]
    book = sorted([*here, *missing(roster, {"eve", "bob", "cyd"})], key=lambda it: it.learner.id)
    told = [(it.learner.id, it.learner.name, it.is_missing, it.unknown) for it in book]
    assert told == [
        ("ann", "Ann", True, False),
        ("bob", "Bob", False, False),
        ("cyd", "self-made", False, False),
        ("eve", "self-made", False, True),
    ]
    assert roster.learners["bob"].columns == {"ID number": "7"}


def test_without_a_roster_everybody_is_who_they_say() -> None:
    (one,) = marked("a")
    assert named(one, None) == one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column id"),
        ("ann,Ann\n", "no column id"),
        ("id,name\nann,Ann\nann,Other\n", "Line 3 of the roster has 'ann' twice"),
        ("id,name\n,Ann\n", "Line 2 of the roster has nobody's id"),
        ("id,name\nann," + "x" * 200_000 + "\n", "cannot be read"),
    ],
)
def test_what_is_no_roster_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parsed(text)


def test_a_line_may_have_more_or_fewer_columns_than_the_first() -> None:
    assert parsed("id,name\nann\nbob,Bob,x,y\n").learners["bob"].name == "Bob"
