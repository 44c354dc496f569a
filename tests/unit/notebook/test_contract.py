"""What breaks a lesson's promise: a solution that is left, a step that is not left to the learner, or not checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from labcheck.lab import load
from labcheck.notebook.contract import breaches
from labcheck.notebook.page import EXERCISE, Cell, Notebook, codes, opens, parsed, source
from tests.support.pages import IMPORT, PRINT, notebook
from tests.support.places import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
"""The lessons. What is for instructors opens no lab, so it promises nothing."""
PUSH = "03-push-and-pull.ipynb"


def stored(name: str) -> Notebook:
    return parsed((ROOT / "notebooks" / name).read_text(encoding="utf-8"))


def said(page: Notebook) -> list[str]:
    """What is said of this notebook."""
    slug, variable = opens(page) or ("", "")
    return breaches(page, load(slug), variable)


def exercise(page: Notebook, step: str) -> Cell:
    """The cell that is left to the learner."""
    return next(code.cell for code in codes(page) if code.exercise == step)


def fill(page: Notebook) -> None:
    cell = exercise(page, "push")
    cell["source"] = f"{source(cell)}\ndocker push localhost:5000/httpd:latest"


def answer(page: Notebook) -> None:
    exercise(page, "catalog")["source"] = 'lab.answer("catalog", "httpd, nginx")'


def answer_bare(page: Notebook) -> None:
    exercise(page, "images-left")["source"] = "# Your answer:\n1"


def delete(page: Notebook) -> None:
    page["cells"].remove(exercise(page, "push"))


def delete_with_its_check(page: Notebook) -> None:
    delete(page)
    uncheck(page)


def untag(page: Notebook) -> None:
    del exercise(page, "catalog")["metadata"]["tags"]


def uncheck(page: Notebook) -> None:
    page["cells"] = [cell for cell in page["cells"] if 'lab.check("push")' not in source(cell)]


BROKEN: dict[str, tuple[Callable[[Notebook], None], str]] = {
    "a solution": (fill, "a solution is left in this exercise: docker push localhost:5000/httpd:latest. Leave only"),
    "an answer": (answer, 'a solution is left in this exercise: lab.answer("catalog", "httpd, nginx"). Leave only'),
    "a bare answer": (answer_bare, "a solution is left in this exercise: 1. Leave only the comment"),
    "an exercise deleted": (delete, "no cell is the exercise of the step push: it was deleted, or lost its tag"),
    "deleted with its check": (delete_with_its_check, "no cell is the exercise of the step push: it was deleted"),
    "an exercise untagged": (
        untag,
        f"no cell is the exercise of the step catalog: it was deleted, or lost its tag {EXERCISE}catalog.",
    ),
    "a step unchecked": (uncheck, 'no cell checks the step push: after it, lab.check("push") is missing.'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_it_is_said_once_and_names_the_cell_or_the_step(name: str) -> None:
    page, (damage, sentence) = stored(PUSH), BROKEN[name]
    damage(page)
    (told,) = said(page)
    assert sentence in told


def test_a_cell_is_named_as_jupyterlab_shows_it() -> None:
    page = stored(PUSH)
    fill(page)
    cell = exercise(page, "push")
    place = page["cells"].index(cell) + 1
    assert said(page)[0].startswith(
        f"Cell {place} [{cell['execution_count']}] (# Type your command below this line.): "
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_lesson_of_the_course_keeps_it(path: Path) -> None:
    page = stored(path.name)
    assert said(page) == []
    for code in codes(page):
        if code.exercise:
            without = json.loads(json.dumps(page))
            del without["cells"][code.number - 1]
            assert any(f"exercise of the step {code.exercise}:" in one for one in said(without)), code.name


def test_dots_are_no_answer_and_a_notebook_without_exercises_promises_nothing() -> None:
    page = stored(PUSH)
    exercise(page, "catalog")["source"] = '# Your answer:\nlab.answer("catalog", ...)'
    assert said(page) == []
    assert breaches(notebook(IMPORT, PRINT), load("push-and-pull"), "lab") == []
