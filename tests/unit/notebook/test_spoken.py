"""In a notebook the terminal's commands are said in the words of a cell."""

from __future__ import annotations

import pytest

from labcheck.lab import load
from labcheck.notebook.spoken import in_cells

LAB = load("push-and-pull")


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("labcheck check push-and-pull tells you more.", "lab.check() tells you more."),
        ("Start the engine, then type labcheck check push-and-pull.", "Start the engine, then run lab.check()."),
        ("labcheck hint push-and-pull tag helps.", 'lab.hint("tag") helps.'),
        ("labcheck check push-and-pull-2 tells you more.", "labcheck check push-and-pull-2 tells you more."),
        ("labcheck doctor tells you more.", "labcheck doctor tells you more."),
    ],
)
def test_a_command_of_the_terminal_is_said_as_a_cell_has_it(said: str, spoken: str) -> None:
    assert in_cells(said, LAB) == spoken
