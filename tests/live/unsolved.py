"""Inside a sandbox: run the cells of notebooks as the learner finds them, their exercises empty.

It prints a line of JSON for each: whether each step of its lab was done when the last cell had run. One kernel runs
them all, in one folder, for it takes as long to begin as to run one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import nbformat
from nbclient import NotebookClient

from labcheck.attempt import opened
from labcheck.notebook.page import codes
from labcheck.notebook.play import play

TIMEOUT = 120


def run(paths: list[Path]) -> Iterator[dict[str, bool]]:
    """Whether each step is done, for each notebook; a cell that fails does not stop the others."""
    kernel = None
    for path in paths:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's
        lab = play(notebook).begin().lab
        assert lab is not None
        client = NotebookClient(notebook, km=kernel, timeout=TIMEOUT, kernel_name="python3", allow_errors=True)
        with client.setup_kernel(cleanup_kc=path is paths[-1], cwd=str(path.parent)):
            kernel = client.km
            for code in codes(notebook):
                if "nbval-skip" not in code.tags:
                    client.execute_cell(code.cell, code.number - 1)
        with opened(lab) as attempt:
            yield {step.id: step.done for step in attempt.look().steps}


if __name__ == "__main__":
    for done in run(list(map(Path, sys.argv[1:]))):
        sys.stdout.write(msgspec.json.encode(done).decode() + "\n")
