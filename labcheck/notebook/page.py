"""A notebook as a file: which lab it opens, which cells it has, and what they are tagged as.

Tags are for authors and CI; learners do not see them.

- ``exercise:STEP``: the learner fills this cell; CI fills it from the solution of the lab's step.
- ``reason:WHY``: why the cell's output is not compared (``nbval-ignore-output``) or the cell not run (``nbval-skip``).

It reads JSON and knows of no kernel. Importing Jupyter's own reader takes a second, which a learner would wait for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

Cell: TypeAlias = dict[str, Any]
Notebook: TypeAlias = dict[str, Any]

EXERCISE = "exercise:"
REASON = "reason:"
MAGIC = "%%terminal"
CONTINUED = re.compile(r"\s*\\\n\s*")
"""A command that goes on in the next line."""
_OURS = re.compile(r"^\s*(?:import labcheck\b|from labcheck\b|%load_ext labcheck\b)", re.MULTILINE)
_OPEN = re.compile(r"^\s*(\w+)\s*=\s*labcheck\.open\(\s*[\"']([^\"']+)[\"']\s*\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Code:
    """A code cell and its number: its place among all cells of the notebook, counted from 1."""

    number: int
    cell: Cell

    @property
    def source(self) -> str:
        """What is typed in it."""
        return source(self.cell)

    @property
    def name(self) -> str:
        """What to call it in a message."""
        first = next(iter(self.source.removeprefix(MAGIC).strip().splitlines()), "empty")
        return f"{self.place} ({first})"

    @property
    def place(self) -> str:
        """Where it is, with the number that JupyterLab shows beside it: that of its last run."""
        return f"Cell {self.number} [{self.cell['execution_count'] or ' '}]"

    @property
    def exercise(self) -> str | None:
        """The step whose solution fills it, or ``None``."""
        return next((tag.removeprefix(EXERCISE) for tag in self.tags if tag.startswith(EXERCISE)), None)

    @property
    def is_explained(self) -> bool:
        """Whether it says why it is not compared."""
        return any(tag.startswith(REASON) and tag != REASON for tag in self.tags)

    @property
    def commands(self) -> frozenset[str]:
        """The commands that it shows, where it is a terminal's: a line each, or more where a backslash ends one."""
        first, *rest = CONTINUED.sub(" ", self.source.strip()).splitlines() or [""]
        return frozenset(line.strip() for line in rest) if first.startswith(MAGIC) else frozenset()

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return tuple(map(str, self.cell["metadata"].get("tags", ())))


def parsed(text: str) -> Notebook:
    """The notebook in the text of a file. Raises ``ValueError``."""
    found = json.loads(text)
    if not isinstance(found, dict) or found.get("nbformat") != 4 or not isinstance(found.get("cells"), list):  # noqa: PLR2004 - the format's number
        raise ValueError("it is not in Jupyter's format 4")
    return found


def written(notebook: Notebook) -> str:
    """The text of the notebook's file, as Jupyter writes it: the same notebook gives the same bytes."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def source(cell: Cell) -> str:
    """What is typed in the cell, which a file holds as a text or as a list of lines."""
    return "".join(cell["source"])


def codes(notebook: Notebook) -> tuple[Code, ...]:
    """The code cells."""
    cells = enumerate(notebook["cells"], 1)
    return tuple(Code(number, cell) for number, cell in cells if cell["cell_type"] == "code")


def is_ours(notebook: Notebook) -> bool:
    """Whether it uses labcheck; what does not is nobody's business here."""
    return any(_OURS.search(code.source) for code in codes(notebook))


def opens(notebook: Notebook) -> tuple[str, str] | None:
    """The lab that it opens, and the variable it gives it to; ``None`` if it opens none."""
    for code in codes(notebook):
        if found := _OPEN.search(code.source):
            return found[2], found[1]
    return None
