"""A notebook as a learner gets it: without outputs, and with the lab's values filled in.

The map of the course is there before its cell is run, with the lessons that there are today.

The course's notebook was run with the values in the lab file. If a lab is given other values, each replaces the
original one, in prose and in commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from labcheck.errors import NotebookError
from labcheck.lab import load
from labcheck.notebook.course import untouched
from labcheck.notebook.page import Cell, opens, parsed, source, written

MAP = "map"
"""The tag of the cell that shows the map."""


def handout(name: str, original: bytes, values: Mapping[str, str]) -> bytes:
    """The learner's copy of this notebook. Raises :class:`NotebookError`, or :class:`UnknownName` for its lab."""
    try:
        notebook = parsed(original.decode())
    except ValueError as error:
        raise NotebookError(f"The course's notebook {name} is damaged ({error}).", "Install labcheck again.") from error
    lab = opens(notebook)
    own = load(lab[0]).values if lab else {}
    put = {own[key]: value for key, value in values.items() if key in own}
    for cell in notebook["cells"]:
        cell["source"] = filled(source(cell), put).splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = _outputs(cell), None
    return written(notebook).encode()


def _outputs(cell: Cell) -> list[dict[str, object]]:
    """The map below its cell; nothing below all others."""
    if MAP not in cell["metadata"].get("tags", ()):
        return []
    return [{"output_type": "display_data", "metadata": {}, "data": untouched()._repr_mimebundle_()}]


def filled(text: str, put: Mapping[str, str]) -> str:
    """The text with each of these values replaced where it is a whole word."""
    if not put:
        return text
    words = "|".join(map(re.escape, sorted(put, key=len, reverse=True)))
    return re.sub(rf"(?<![\w.-])(?:{words})(?![\w-])", lambda match: put[match[0]], text)
