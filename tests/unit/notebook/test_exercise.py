"""What CI types in the cells that are left to the learner."""

from __future__ import annotations

import re

import pytest

from labcheck.errors import NotebookError
from labcheck.lab import load
from labcheck.notebook.exercise import exercises
from labcheck.notebook.page import Cell, Notebook, opens
from tests.support.pages import PRACTICE, called, notebook, prose, typed

LAB = load("push-and-pull")
OPEN = called('import labcheck\n\nmine = labcheck.open("push-and-pull")')


def filled(page: Notebook) -> list[str]:
    return [one.source("THE ANSWER", "mine") for one in exercises(page, LAB).values()]


def test_an_exercise_is_the_rest_of_the_solution() -> None:
    page = notebook(OPEN, typed("docker push localhost:5000/nginx:latest"), typed("# Push httpd.", "exercise:push"))
    assert filled(page) == ["%%terminal\ndocker push localhost:5000/httpd:latest"]


def test_a_command_that_is_shown_in_several_lines_is_shown() -> None:
    page = notebook(OPEN, typed("docker push \\\n    localhost:5000/nginx:latest"), typed("#", "exercise:push"))
    assert filled(page) == ["%%terminal\ndocker push localhost:5000/httpd:latest"]


def test_what_is_shown_below_it_or_in_prose_is_left_to_the_learner() -> None:
    page = notebook(
        OPEN,
        prose("docker pull nginx:latest"),
        called('"""\ndocker pull nginx:latest\n"""'),
        typed("# Pull both.", "exercise:pull"),
        typed("docker pull nginx:latest"),
    )
    assert filled(page) == ["%%terminal\ndocker pull nginx:latest\ndocker pull httpd:latest"]


def test_the_exercise_of_a_question_is_its_right_answer() -> None:
    page = notebook(OPEN, called('mine.answer("catalog", ...)', "exercise:catalog"))
    assert filled(page) == ["mine.answer('catalog', 'THE ANSWER')"]
    assert opens(page) == ("push-and-pull", "mine")


def test_the_practice_leaves_httpd_to_the_learner() -> None:
    assert [exercise.step.id for exercise in exercises(PRACTICE, LAB).values()] == [
        *("pull", "tag", "push", "catalog", "images-left", "why-one-stays", "pull-back"),
    ]
    assert [exercise.commands for exercise in exercises(PRACTICE, LAB).values() if exercise.commands] == [
        ("docker pull httpd:latest",),
        ("docker image tag httpd:latest localhost:5000/httpd:latest",),
        ("docker push localhost:5000/httpd:latest",),
        ("docker pull localhost:5000/httpd",),
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([typed("# x", "exercise:puhs")], "Cell 2 [ ] (# x): The lab push-and-pull has no step called puhs."),
        ([typed("docker image prune -a -f"), typed("# x", "exercise:prune")], "nothing is left to fill in"),
        (
            [typed("# x", "exercise:push"), typed("# y", "exercise:push")],
            "Cell 3 [ ] (# y): another cell is the exercise",
        ),
    ],
)
def test_what_cannot_be_filled_is_said(cells: list[Cell], problem: str) -> None:
    with pytest.raises(NotebookError, match=re.escape(problem)):
        exercises(notebook(OPEN, *cells), LAB)


def test_an_exercise_needs_a_lab() -> None:
    with pytest.raises(NotebookError, match="opens no lab"):
        exercises(notebook(typed("# x", "exercise:push")), None)
