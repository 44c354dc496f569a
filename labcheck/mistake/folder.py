"""Reads a source: a folder of families, each a folder of pages with the functions beside them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import get_args

import msgspec

from labcheck.cause import Cause
from labcheck.check import Check
from labcheck.checks import AnyCheck
from labcheck.errors import InvalidPage
from labcheck.lab.text import text
from labcheck.lab.tree import read
from labcheck.mistake import reading
from labcheck.mistake.facts import MARKS, Mark
from labcheck.mistake.given import given_by, together
from labcheck.mistake.head import PAGE
from labcheck.mistake.index import Family, Index, Recogniser, Trouble
from labcheck.mistake.order import ordered
from labcheck.mistake.page import Page, Place
from labcheck.ready import ready

FRAGMENTS = "fragments.yaml"
FAMILY = "README.md"
REASON = "reason"
"""What keeps labcheck from looking, as a sentence: each page of that has it."""


def source(folder: Path, package: str) -> Index:
    """What the folder of this package contains. What is damaged is left out and listed in the index's troubles."""
    reader = _Reader(folder, package)
    families = sorted(it for it in folder.iterdir() if it.is_dir() and not it.name.startswith(("_", ".")))
    for family in families:
        reader.functions(family)
    for family in families:
        reader.pages(family)
    return reader.index()


class _Reader:
    """Collects what has been read so far."""

    def __init__(self, folder: Path, package: str) -> None:
        self._folder, self._package = folder, package
        self._families: list[Family] = []
        self._pages: dict[str, Page] = {}
        self._marks: list[tuple[str, Mark]] = []
        self._given: dict[str, frozenset[str] | None] = {}
        self._troubles: list[Trouble] = []
        self._fragments = self._read_fragments(folder / FRAGMENTS)

    def pages(self, folder: Path) -> None:
        """Read the pages of one family, once the functions of all are known: they say what its pages may mention."""
        for file in sorted(folder.glob("*.md")):
            try:
                self._read(file)
            except InvalidPage as error:
                self._troubles.append(Trouble(str(error), error.remedy))

    def functions(self, folder: Path) -> None:
        """Load the functions of one family."""
        for file in sorted(folder.glob("*.py")):
            if file.stem != "__init__":
                self._load(f"{self._package}.{folder.name}.{file.stem}")

    def _read(self, file: Path) -> None:
        family = file.parent.name
        source = reading.Text(file, text(file, PAGE), self._fragments)
        if file.name == FAMILY:
            head = reading.family(source)
            self._families.append(Family(family, head.title, head.order))
        elif file.stem in self._pages:
            problem = f"there is a page of this name already: {self._pages[file.stem].file}"
            raise InvalidPage(f"The page {file}: {problem}.", "Give it a name of its own.")
        else:
            given = self._given.get(file.stem, frozenset())
            self._pages[file.stem] = reading.page(source, file.stem, family, given)

    def _read_fragments(self, file: Path) -> dict[str, str]:
        if not file.exists():
            return {}
        tree, _ = read(text(file, PAGE), file.name, PAGE)
        return msgspec.convert(tree, ready(dict[str, str]))

    def _load(self, module: str) -> None:
        try:
            import_module(module)
        except Exception as error:  # noqa: BLE001 - whatever a package's module does
            self._troubles.append(Trouble(f"The module {module} cannot be loaded: {error!r}.", ""))
        for mark in MARKS.get(module, ()):
            self._marks.append((module, mark))
            given = together(self._given.get(mark.name, frozenset()), given_by(sys.modules[module]))
            self._given[mark.name] = given | {REASON} if given is not None and mark.causes else given

    def index(self) -> Index:
        """All of it."""
        names = self._ordered()
        for module, mark in self._marks:
            if mark.name not in self._pages:
                self._troubles.append(Trouble(f"{module}.{mark.function} is of {mark.name}, which has no page.", ""))
            elif not mark.kinds and not mark.causes:
                at = Place(module, mark.function)
                self._pages[mark.name] = msgspec.structs.replace(self._pages[mark.name], explainer=at)
        place = {name: number for number, name in enumerate(names)}
        return Index(
            folder=str(self._folder),
            families=tuple(sorted(self._families, key=lambda it: (it.order, it.title))),
            pages={name: msgspec.Raw(msgspec.msgpack.encode(self._pages[name])) for name in names},
            recognisers={kind.__name__: self._recognisers(kind, place) for kind in get_args(AnyCheck)},
            unseen={cause.__name__: self._unseen(cause, place) for cause in get_args(Cause)},
            troubles=tuple(self._troubles),
        )

    def _ordered(self) -> tuple[str, ...]:
        """The names in the order of trying; alphabetical if the pages contradict one another."""
        try:
            return ordered({name: page.before for name, page in self._pages.items()})
        except ValueError as error:
            remedy = "Leave out one of these."
            self._troubles.append(Trouble(f"In {self._folder}, before leads in a circle: {error}.", remedy))
            return tuple(sorted(self._pages))

    def _recognisers(self, kind: type[Check], place: dict[str, int]) -> tuple[Recogniser, ...]:
        """The recognisers that look at checks of this class, in the order of trying."""
        found = (
            Recogniser(mark.name, Place(module, mark.function), mark.is_note)
            for module, mark in self._marks
            if mark.name in place and issubclass(kind, mark.kinds)
        )
        return tuple(sorted(found, key=lambda it: place[it.name]))

    def _unseen(self, cause: type[Cause], place: dict[str, int]) -> tuple[Recogniser, ...]:
        """The recognisers for this cause of not being able to look, in the order of trying."""
        found = (
            Recogniser(mark.name, Place(module, mark.function))
            for module, mark in self._marks
            if mark.name in place and cause in mark.causes
        )
        return tuple(sorted(found, key=lambda it: place[it.name]))
