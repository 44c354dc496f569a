"""A lab's values: what is drawn for this learner, and how all are filled in for ``{name}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeAlias

import msgspec
from msgspec import Meta

from labcheck.errors import InvalidLab
from labcheck.lab.limits import LARGEST

if TYPE_CHECKING:
    from labcheck.lab.tree import Lines, Path

PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?)\}(?!\})")


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole number is drawn: ``from``, ``to``, or one between them."""

    first: Annotated[int, Meta(ge=0)] = msgspec.field(name="from")
    last: Annotated[int, Meta(ge=0, le=10**9)] = msgspec.field(name="to")


Parts: TypeAlias = Annotated[dict[str, str], Meta(min_length=1)]
"""Texts that are drawn together, each with a name of its own: ``{value.part}``."""
Choices: TypeAlias = Annotated[tuple[str | Parts, ...], Meta(min_length=2, max_length=50)]
"""One of these is drawn."""
Value: TypeAlias = str | Choices | Range
"""A text; or what is drawn again for each attempt. A text can have ``{name}`` of the values above it."""
Pick: TypeAlias = Callable[[str, int], int]
"""Which of so many choices there are for the value of this name is drawn, counted from 0."""


def are_drawn(values: Mapping[str, Value]) -> bool:
    """Whether any of them is drawn."""
    return not all(isinstance(value, str) for value in values.values())


def filled(
    tree: dict[str, object], values: Mapping[str, Value], pick: Pick, file: str, lines: Lines | None = None
) -> dict[str, object]:
    """The tree with each ``{name}`` replaced by its value; ``{{...}}`` belongs to Docker's formats and stays.

    Its ``values`` are those that were drawn. Raises :class:`InvalidLab`, which names file and line.
    """
    filling = _Filling(file, lines)
    for name, value in values.items():
        filling.put(name, value, pick)
    rest = filling.node({name: node for name, node in tree.items() if name != "values"}, ())
    return {**rest, "values": filling.values}


class _Filling:
    def __init__(self, file: str, lines: Lines | None) -> None:
        self.values: dict[str, str] = {}
        self._lines, self._file = lines, file
        self._size = 0

    def put(self, name: str, value: Value, pick: Pick) -> None:
        """Draw this value; from now on it can be filled in."""
        place: Path = ("values", name)
        match value:
            case Range(first, last):
                if first > last:
                    self._refuse(place, "there is no number in this range", "Swap from and to.")
                drawn: str | Parts = str(first + pick(name, last - first + 1))
            case str():
                drawn = value
            case _:
                number = pick(name, len(value))
                drawn, place = value[number], (*place, number)
        if isinstance(drawn, str):
            self.values[name] = self._text(drawn, place)
            return
        for part, text in drawn.items():
            self.values[f"{name}.{part}"] = self._text(text, (*place, part))

    def node(self, node: dict[str, object], path: Path) -> dict[str, object]:
        """This mapping, filled."""
        entries: dict[str, object] = {}
        for key, inner in node.items():
            name = self._text(key, (*path, key))
            if name in entries:
                self._refuse((*path, key), f"{name} is already there", "Keep one of them.")
            entries[name] = self._any(inner, (*path, key))
        return entries

    def _any(self, node: object, path: Path) -> object:
        if isinstance(node, str):
            return self._text(node, path)
        if isinstance(node, list):
            return [self._any(inner, (*path, number)) for number, inner in enumerate(node)]
        return self.node(node, path) if isinstance(node, dict) else node

    def _text(self, text: str, path: Path) -> str:
        for name in PLACEHOLDER.findall(text):
            if name not in self.values:
                self._refuse(path, f"{{{name}}} has no value", "Add it to values, above what it is used in.")
            self._size += len(self.values[name])
            if self._size > LARGEST:
                self._refuse(path, f"with its values it is longer than {LARGEST:,} characters", "Shorten the values.")
        return PLACEHOLDER.sub(lambda match: self.values[match[1]], text)

    def _refuse(self, path: Path, problem: str, remedy: str) -> NoReturn:
        line = f", line {self._lines.at(path)}" if self._lines else ""
        raise InvalidLab(f"The lab file {self._file}{line}: {problem}.", remedy)
