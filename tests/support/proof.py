"""The table at the end of a test run: each mistake, what it is called, and whether what is printed mends it.

A test tells what it saw with ``record_property(MISTAKE, seen(...))``. A recording is only kept of a mistake that was
really mended, so "recorded" means: named now, from what was recorded when it was made and mended.
"""

from __future__ import annotations

from collections.abc import Iterable

from labcheck.verdict import Fix

MISTAKE = "mistake"
PLAYED, RECORDED = "made and mended now", "named now, mended when recorded"
COMMANDS, ADVICE = "what is printed, typed", "its advice, followed"


def seen(name: str, diagnosis: str | None, fix: Fix, how: str) -> tuple[str, str, str, str]:
    """A row of the table."""
    return name, diagnosis or "", COMMANDS if fix.commands else ADVICE, how


def table(rows: Iterable[tuple[str, str, str, str]]) -> list[str]:
    """The lines of the table, sorted; a mistake that was played in this run counts as played."""
    by_name: dict[str, tuple[str, str, str, str]] = {}
    for row in sorted(rows, key=lambda row: row[3] == PLAYED):
        by_name[row[0]] = row
    heads = ("mistake", "diagnosis", "mended by", "proof")
    lines = [heads, *sorted(by_name.values())]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
