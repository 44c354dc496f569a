"""Finds what would make a notebook pass without proving anything. Pure: it looks only at the stored notebook.

nbval compares what a cell prints with what is stored. So it proves nothing about a cell that was never run, that it
skips, or whose stored output is itself a mistake. Each such cell is named, and the run fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from labcheck.notebook.page import Code, Notebook, codes

RAISES = "raises-exception"
UNCOMPARED = frozenset({"nbval-skip", "nbval-ignore-output"})
MARKS = {"NBVAL_SKIP", "NBVAL_IGNORE_OUTPUT", "NBVAL_RAISES_EXCEPTION"}
USAGE = "UsageError: "
"""IPython's messages, which do not fail the cell, about a magic that is unknown or misused."""


def problems(notebook: Notebook) -> list[str]:
    """What is wrong with the stored notebook, one sentence per cell."""
    return [f"{code.name}: {problem}" for code in codes(notebook) for problem in _problems(code)]


def has_failed(outputs: list[Any]) -> bool:
    """Whether an exception is among these outputs of a cell."""
    return any(output["output_type"] == "error" for output in outputs)


def misuse(outputs: list[Any]) -> str:
    """IPython's message about a magic that is unknown or misused; empty if there is none."""
    lines = (line for output in outputs for line in "".join(output.get("text", "")).splitlines())
    return next((line for line in lines if line.startswith(USAGE)), "")


def _problems(code: Code) -> Iterator[str]:
    outputs, tags = code.cell["outputs"], set(code.tags)
    marks = {line.strip("# \t") for line in code.source.splitlines() if line.lstrip().startswith("#")}
    if marks & MARKS:
        yield f"{min(marks & MARKS)} must be a tag, not a comment that learners read."
    if tags & UNCOMPARED and not code.is_explained:
        yield f"{min(tags & UNCOMPARED)} needs a reason, as a further tag: reason:WHY."
    if not code.source.strip():
        yield "it is empty."
    elif code.cell["execution_count"] is None and "nbval-skip" not in tags:
        yield "it was never run. Run: labcheck record NOTEBOOK"
    if has_failed(outputs) and RAISES not in tags:
        yield "the stored output is an error; if that is intended, tag the cell raises-exception."
    if RAISES in tags and not has_failed(outputs) and code.cell["execution_count"] is not None:
        yield "it is tagged raises-exception, but the stored output is not an error."
    if said := misuse(outputs):
        yield f"the stored output is a mistake: {said}"
