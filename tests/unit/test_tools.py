"""What nine tools did of ten steps is judged again as it was judged then, and each verdict is true."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.judge import judge
from labcheck.verdict import Outcome
from tests.matrix.cell import HERE, Cell, Row, recorded, ten_steps
from tests.matrix.table import table

LAB = ten_steps()
ROWS = recorded()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.tool} on {row.engine}" for row in ROWS])
def test_each_cell_is_judged_as_it_was_and_is_true(row: Row) -> None:
    log = evidence.decode(bytes(row.log))
    for step, cell in row.cells.items():
        found = judge(LAB, replace(log, entries=log.entries[: cell.entries])).step(step)
        told = found.trouble.actual if found.trouble else ""
        assert (found.outcome, told) == (cell.outcome, cell.words), step
        assert cell.is_true, step


@pytest.mark.parametrize(
    ("done", "outcome", "said", "true"),
    [
        (True, Outcome.PASS, "pass", True),
        (False, Outcome.FAIL, "fail", True),
        (True, Outcome.INCONCLUSIVE, "could not look, though done", True),
        (False, Outcome.INCONCLUSIVE, "could not look", True),
        (True, Outcome.FAIL, "**fail, though done**", False),
        (False, Outcome.PASS, "**pass, though not done**", False),
    ],
)
def test_a_cell_says_whether_it_is_true(done: bool, outcome: Outcome, said: str, true: bool) -> None:  # noqa: FBT001 - a table
    cell = Cell(done=done, outcome=outcome, words="", entries=1)
    assert (str(cell), cell.is_true) == (said, true)


def test_the_page_shows_what_was_recorded() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    for engine in dict.fromkeys(row.engine for row in ROWS):
        assert table(engine, ROWS) in page
