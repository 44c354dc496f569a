"""What is written for instructors reads like a lesson, proves something, and names the sample class's own deadline."""

from __future__ import annotations

import re

from labcheck.grade import sample
from labcheck.notebook.guard import problems
from labcheck.notebook.page import codes, parsed, source
from tests.support.places import ROOT

PAGE = parsed((ROOT / "notebooks/90-for-instructors.ipynb").read_text(encoding="utf-8"))
LONGEST = 150


def test_what_is_stored_proves_something() -> None:
    assert problems(PAGE) == []


def test_every_grading_has_the_sample_classs_deadline() -> None:
    commands = [line for code in codes(PAGE) for line in code.source.splitlines() if line.startswith("labcheck grade ")]
    assert len(commands) == 3
    assert {f"--until {sample.until()} " in line for line in commands} == {True}


def test_prose_has_one_sentence_a_line() -> None:
    for cell in PAGE["cells"]:
        for line in source(cell).splitlines() if cell["cell_type"] == "markdown" else ():
            assert len(line) <= LONGEST, line
            assert not re.search(r"[a-z`)][.!?] [A-Z]", line.removeprefix("- ")), line
