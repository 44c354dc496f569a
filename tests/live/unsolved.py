"""Inside a sandbox: run the cells of notebooks as the learner finds them, their exercises empty.

It prints a line of JSON for each: whether each step of its lab was done when the last cell had run.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import nbformat
from nbclient import NotebookClient

from labcheck.attempt import opened
from labcheck.notebook.page import codes
from labcheck.notebook.play import play

TIMEOUT = 120


def run(path: Path) -> dict[str, bool]:
    """Whether each step is done; a cell that fails does not stop the others."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's
    lab = play(notebook).begin().lab
    client = NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", allow_errors=True)
    with client.setup_kernel(cwd=str(path.parent)):
        for code in codes(notebook):
            if "nbval-skip" not in code.tags:
                client.execute_cell(code.cell, code.number - 1)
    assert lab is not None
    with opened(lab) as attempt:
        return {step.id: step.done for step in attempt.look().steps}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(msgspec.json.encode(run(Path(name))).decode() + "\n")
