"""Handles cells that are not Python: a command, an answer, an undefined name. One line says what to do.

A kernel of the course has this from its start, as well as ``%%terminal``, without an import; any other kernel gets it
with ``labcheck.open(...)`` or ``%load_ext labcheck``.
"""

from __future__ import annotations

import ast
from types import TracebackType
from typing import TYPE_CHECKING

from labcheck.errors import NotebookError
from labcheck.notebook.page import MAGIC
from labcheck.notebook.terminal import terminal

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

COMMANDS = frozenset({"docker", "curl", "labcheck"})
ANSWER = "# Your answer"
"""The first line of a question's cell."""
TOLD = "__import__('labcheck.notebook.typed', fromlist=['refuse']).refuse({0!r})"
MISSING = {
    "lab": "No lab is open in this notebook.",
    "labcheck": "labcheck is not imported in this notebook.",
}


def load_ipython_extension(shell: InteractiveShell) -> None:
    """``%load_ext labcheck``: the cell magic ``%%terminal``, and one-line help for what is not Python."""
    shell.register_magic_function(terminal, "cell", "terminal")  # type: ignore[arg-type]  # IPython takes any function
    if understood not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(understood)
        shell.set_custom_exc((NameError,), missing)  # type: ignore[no-untyped-call]  # IPython's


def understood(lines: list[str]) -> list[str]:
    """The cell unchanged; if it cannot be meant as Python, code that says so."""
    cell = "".join(lines)
    if MAGIC in cell or not _is_mistaken(cell):
        return lines
    return [TOLD.format(cell) + "\n"]


def refuse(cell: str) -> None:
    """Raise :class:`NotebookError`: what to type instead."""
    typed = _typed(cell)
    if typed[0].split()[0] in COMMANDS:
        raise NotebookError(
            "That is a command for a terminal.", f"Type it below a line that says {MAGIC}:\n{MAGIC}\n{typed[0]}"
        )
    raise NotebookError(
        "An answer has to be given to its question.",
        f'Type lab.answer("STEP", {typed[-1]}), as it stands above the cell.',
    )


def missing(
    shell: InteractiveShell, kind: type[BaseException], error: BaseException, trace: TracebackType, **_options: object
) -> None:
    """Report an undefined name: one of ours in one line, any other as Python does."""
    said = MISSING.get(getattr(error, "name", None) or "")
    if said is None:
        shell.showtraceback((kind, error, trace), tb_offset=1)
        return
    refused = NotebookError(
        said, "Run the notebook's first cell, then this one again. The same is needed after a restart."
    )
    shell.showtraceback((NotebookError, refused, trace), tb_offset=1)


def _is_mistaken(cell: str) -> bool:
    typed = _typed(cell)
    if not typed:
        return False
    if typed[0].split()[0] in COMMANDS:
        return _tree(cell) is None
    tree = _tree(cell) if cell.lstrip().startswith(ANSWER) else None
    return tree is not None and len(tree.body) == 1 and _is_literal(tree.body[0])


def _is_literal(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant | ast.List | ast.Tuple)


def _typed(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _tree(cell: str) -> ast.Module | None:
    try:
        return ast.parse(cell)
    except (SyntaxError, ValueError):
        return None
