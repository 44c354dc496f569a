"""The table at the end of a test run: each mistake, what it is called, and whether what is printed mends it.

A test tells what it saw with ``record_property(MISTAKE, seen(...))``. A recording is only kept of a mistake that was
really mended, so "recorded" means: named now, from what was recorded when it was made and mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from labcheck.verdict import Fix
from tests.support.mistake import Mistake

MISTAKE = "mistake"
PLAYED, RECORDED = "made and mended now", "named now, mended when recorded"
UNMENDED = {PLAYED: "made now", RECORDED: "named now"}
COMMANDS, ADVICE, LOOSELY = "what is printed, typed", "its advice, typed", "its advice, followed"
SHOWN = {
    "step": "the step is done",
    "mends": "the step is done",
    "again": "typed again, it succeeds",
    "shown": "its effect is there",
    "instead": "the right command succeeds",
}

Row: TypeAlias = tuple[str, str, str, str, str]


def seen(mistake: Mistake, fix: Fix, how: str) -> Row:
    """A row of the table."""
    if mistake.has("unproved"):
        return mistake.name, mistake.diagnosis, "", f"nothing: {mistake.said('unproved')}", UNMENDED[how]
    loosely = LOOSELY if mistake.has("unsaid") else ADVICE
    shown = ", ".join(dict.fromkeys(says for word, says in SHOWN.items() if mistake.has(word)))
    return mistake.name, mistake.diagnosis, COMMANDS if fix.commands else loosely, shown, how


def table(rows: Iterable[Row]) -> list[str]:
    """The lines of the table, sorted; a mistake that was played in this run counts as played."""
    by_name: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row[-1] == PLAYED):
        by_name[row[0]] = row
    heads = ("mistake", "diagnosis", "mended by", "shown by", "proof")
    lines = [heads, *sorted(by_name.values())]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
