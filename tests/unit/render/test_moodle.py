"""What Moodle makes of our CSV, by the rules of its importer: ``grade/import/csv/classes/load_data.php``."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from msgspec.structs import replace

from labcheck.gradebook import Gradebook, Marked
from labcheck.render.learning_platforms import MOODLE, Columns, moodle
from labcheck.submission import Learner
from tests.support.gradebooks import book, marked

TITLE = "Push and pull through a private registry [push-and-pull]"
LARGEST = 100
"""A site that does not allow more refuses the file."""
FULL = {"ann": "a", "bob": "b", "cyd": "c", "dora": "d", "emil": "e", "fay": "f"}


class RefusedError(Exception):
    """Nothing of the file is imported."""


def imported(text: str, by: str, known: set[str], decimal: str = ".") -> dict[str, float | None]:
    """The grades of each learner; ``by`` is the column that is mapped, ``known`` what the users have in it."""
    head, *lines = csv.reader(StringIO(text, newline=""), strict=True)
    grades: dict[str, float | None] = {}
    learner = ""  # it is kept from line to line
    for line in lines:
        assert len(line) == len(head)
        name = line[head.index(by)].strip()
        if name not in {"", "0"}:  # PHP's empty()
            if name not in known:
                raise RefusedError(f"no user {name}")
            learner = name
        if not learner:
            raise RefusedError("no user")
        value = line[head.index(TITLE)].strip()
        if value in {"", "-"}:
            grades[learner] = None
            continue
        try:
            grade = float(value.replace(" ", "").replace(decimal, "."))
        except ValueError:
            raise RefusedError(f"bad grade {value}") from None
        if grade > LARGEST:
            raise RefusedError("grade too big")
        grades[learner] = grade
    return grades


def written(gradebook: Gradebook, columns: Columns | None = None) -> str:
    return "".join(moodle(gradebook, columns or {}))


@pytest.mark.parametrize("decimal", [".", ","])
def test_each_learner_gets_their_points_whatever_separates_decimals(decimal: str) -> None:
    half = replace(book(), marked=(_half(), *list(book().marked)[1:]))
    grades = imported(written(half), "Username", set(FULL), decimal)
    assert grades == {"ann": 9.5, "bob": None, "cyd": 0, "dora": 19, "emil": None, "fay": None}


def test_whoever_has_no_name_does_not_get_somebody_elses_points() -> None:
    nobody = [marked("untouched", Learner(it)) for it in ("", " ", "0")]
    ann, *_ = book().marked
    class_ = replace(book(), marked=(*nobody, ann, *nobody))
    assert imported(written(class_), "Username", {"ann"}) == {"ann": 19}


@pytest.mark.parametrize("column", MOODLE[1:])
def test_a_column_that_does_not_name_everybody_is_not_offered(column: str) -> None:
    some = {who: {column: name} for who, name in list(FULL.items())[:3]}
    assert column not in written(book(), some).splitlines()[0]
    everybody = {who: {column: name} for who, name in FULL.items()}
    grades = imported(written(book(), everybody), column, set(FULL.values()))
    assert grades == {"a": 19, "b": None, "c": 0, "d": 19, "e": None, "f": None}


def test_the_importer_here_refuses_what_moodle_refuses() -> None:
    head = f"Username,{TITLE}\n"
    for line, why in {"x,1": "no user x", ",1": "no user", "ann,1 of 2": "bad grade", "ann,101": "too big"}.items():
        with pytest.raises(RefusedError, match=why):
            imported(head + line, "Username", {"ann"})
    assert imported(f"{head}ann,1\n,2\n", "Username", {"ann"}) == {"ann": 2}, "the points of nobody are ann's"


def _half() -> Marked:
    ann, *_ = book().marked
    (lab,) = ann.labs
    return replace(ann, labs=(replace(lab, points=9.5, at_most=9.5),))
