"""The course's notebooks, as files: each belongs to a lab, checks every step once, and proves what it shows."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from labcheck.lab import load, slugs
from labcheck.notebook.exercise import exercises
from labcheck.notebook.guard import problems
from labcheck.notebook.handout import MAP, handout
from labcheck.notebook.page import Cell, Notebook, codes, opens, parsed, source
from tests.support.places import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
"""The lessons."""
LONGEST = 150
"""Characters of a line of prose: a sentence that is longer is two."""

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def notebook(path: Path) -> Notebook:
    """The notebook in this file."""
    return parsed(path.read_text(encoding="utf-8"))


def prose(path: Path) -> list[str]:
    """The lines of its Markdown cells."""
    cells: list[Any] = [cell for cell in notebook(path)["cells"] if cell["cell_type"] == "markdown"]
    return [line for cell in cells for line in source(cell).splitlines()]


def test_one_slug_ties_the_notebook_and_its_lab(path: Path) -> None:
    opened = opens(notebook(path))
    assert opened is not None
    assert opened[0] == path.stem[3:]
    assert opened[0] in slugs()


def test_every_step_is_checked_exactly_once(path: Path) -> None:
    checked = re.findall(r'lab\.check\("([a-z-]+)"\)', "\n".join(code.source for code in codes(notebook(path))))
    assert Counter(checked) == Counter(step.id for step in load(path.stem[3:]).steps)


def test_every_question_is_asked_in_its_own_words_and_left_to_the_learner(path: Path) -> None:
    lab, text = load(path.stem[3:]), "\n".join(prose(path)).replace("`", "")
    shown = re.findall(
        r'lab\.(?:question|explorer)\("([a-z-]+)"\)', "\n".join(code.source for code in codes(notebook(path)))
    )
    left = {exercise.step.id for exercise in exercises(notebook(path), lab).values()}
    for step in lab.steps:
        if step.question and step.id in shown:  # in words that are drawn for this attempt
            assert step.id in left
        elif step.question:
            assert f"**{step.question.ask}**" in text
            assert step.id in left
            for choice, meaning in step.question.choices.items():
                assert f"- {choice}: {meaning}" in text


def test_what_is_stored_proves_something(path: Path) -> None:
    assert problems(notebook(path)) == []


def test_it_holds_commands_and_checks_and_no_program(path: Path) -> None:
    for code in codes(notebook(path)):
        assert not re.search(r"^\s*(def|class|for|while|with|try|if)\b", code.source, re.MULTILINE)
        assert not re.search(r"^\s*(import|from)\s+(?!labcheck$)", code.source, re.MULTILINE)


def test_a_laid_out_copy_shows_no_verdict(path: Path) -> None:
    laid = json.loads(handout(path.name, path.read_bytes(), {}))
    for cell in laid["cells"]:
        assert not cell.get("outputs") or is_untouched_map(cell)
        assert cell.get("execution_count") is None


def is_untouched_map(cell: Cell) -> bool:
    """Whether it shows every lesson of today, and nothing done."""
    shown = "".join(output["data"]["text/html"] for output in cell["outputs"])
    return MAP in cell["metadata"]["tags"] and all(
        f'href="{other.name}"' in shown and "0 of" in shown and "<strong>done" not in shown for other in NOTEBOOKS
    )


def test_the_map_is_the_first_thing_and_each_lesson_links_the_next(path: Path) -> None:
    following = [other.name for other in NOTEBOOKS if other > path][:1]
    linked = re.findall(r"\]\(([^)]+\.ipynb)\)", "\n".join(prose(path)))
    assert linked[-1:] == (following or [NOTEBOOKS[0].name])
    if path == NOTEBOOKS[0]:
        assert "labcheck.course()" in codes(notebook(path))[0].source


def test_prose_has_one_sentence_a_line(path: Path) -> None:
    for line in prose(path):
        assert len(line) <= LONGEST, line
        assert not re.search(r"[a-z`)][.!?] [A-Z]", line.split("`: ")[-1].removeprefix("- ")) or line.startswith(
            "- "
        ), line
