"""Fills a lab's values in for ``{name}``."""

from __future__ import annotations

import re
from typing import NoReturn

from labcheck.errors import InvalidLab
from labcheck.lab.limits import LARGEST
from labcheck.lab.tree import Lines, Path

PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})")


def filled(tree: dict[str, object], lines: Lines, file: str) -> object:
    """The tree with each ``{name}`` replaced by its value; ``{{...}}`` belongs to Docker's formats and stays.

    Raises :class:`InvalidLab`, which names file and line.
    """
    values = tree.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise InvalidLab(
            f"The lab file {file}, line {lines.at(('values',))}: values must be names with strings.",
            "Put quotes around numbers.",
        )
    return _Filling(values, lines, file).node(tree, ())


class _Filling:
    def __init__(self, values: dict[str, str], lines: Lines, file: str) -> None:
        self._values, self._lines, self._file = values, lines, file
        self._size = 0

    def node(self, node: object, path: Path) -> object:
        """This part of the tree, filled."""
        if isinstance(node, str):
            return self._text(node, path)
        if isinstance(node, list):
            return [self.node(inner, (*path, number)) for number, inner in enumerate(node)]
        if not isinstance(node, dict):
            return node
        entries: dict[str, object] = {}
        for key, inner in node.items():
            name = self._text(key, (*path, key))
            if name in entries:
                self._refuse((*path, key), f"{name} is already there", "Keep one of them.")
            entries[name] = self.node(inner, (*path, key))
        return entries

    def _text(self, text: str, path: Path) -> str:
        for name in PLACEHOLDER.findall(text):
            if name not in self._values:
                self._refuse(path, f"{{{name}}} has no value", "Add it to values.")
            self._size += len(self._values[name])
            if self._size > LARGEST:
                self._refuse(path, f"with its values it is longer than {LARGEST:,} characters", "Shorten the values.")
        return PLACEHOLDER.sub(lambda match: self._values[match[1]], text)

    def _refuse(self, path: Path, problem: str, remedy: str) -> NoReturn:
        raise InvalidLab(f"The lab file {self._file}, line {self._lines.at(path)}: {problem}.", remedy)
