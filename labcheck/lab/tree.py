"""The YAML of a lab file or a page, read into strings, integers, truths, lists and mappings, each with its line.

The file may be hostile, so its size and depth are bounded before anything is built, and nothing is expanded: aliases
are not allowed. Whatever YAML would silently take for something else (a ``no``, a date, a duplicate key) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn, TypeAlias

import yaml
from yaml.resolver import Resolver

from labcheck.errors import InvalidLab, LabcheckError
from labcheck.lab.limits import DEEPEST, LARGEST

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, which is ten times as fast, if PyYAML was built with it."""
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
TRUTHS = {"true": True, "false": False}
"""Those of YAML 1.2; YAML 1.1 takes ``no`` and ``on`` for others."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

UNKNOWN = re.compile(r"Object contains unknown field `(.+?)`")
PLACE = re.compile(r"\.([a-z-]+)|\[([0-9]+)\]")

Path: TypeAlias = tuple[str | int, ...]
"""A place in the tree: names in mappings, numbers in lists, from the root on."""


class Kind(NamedTuple):
    """What kind of file it is, in the words used to refuse it."""

    name: str
    empty: str
    begins: str
    one: str
    shorter: str
    refused: type[LabcheckError]


LAB = Kind(
    "lab file",
    "contains no lab",
    "It must begin with title, values and steps.",
    "A lab file contains one lab.",
    "Split it into several labs.",
    InvalidLab,
)


class Lines:
    """The line of each place in the tree, counted from 1."""

    def __init__(self) -> None:
        self._lines: dict[Path, int] = {}

    def note(self, path: Path, line: int) -> None:
        """Record the line of this place."""
        self._lines[path] = line

    def at(self, path: Path) -> int:
        """The line of this place, or of the nearest place around it."""
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)

    def of(self, message: str) -> int:
        """The line of the place that a message of msgspec ends with, such as ``$.steps[0].points``."""
        place = message.rpartition("$")[2]
        unknown = UNKNOWN.match(message)
        path = (int(number) if number else name for name, number in PLACE.findall(place))
        return self.at((*path, unknown[1]) if unknown else tuple(path))


def read(text: str, file: str, kind: Kind = LAB) -> tuple[dict[str, object], Lines]:
    """The tree, and the lines of its parts. Raises ``kind.refused``, which names file and line."""
    if len(text) > LARGEST:
        raise kind.refused(f"The {kind.name} {file} is longer than {LARGEST:,} characters.", kind.shorter)
    builder = _Builder(file, kind)
    try:
        tree = builder.document(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        last = len(text.rstrip().splitlines())
        line = f", line {min(mark.line + 1, last)}" if mark else ""
        raise kind.refused(
            f"The {kind.name} {file}{line} is not YAML: {problem or 'it contains a character that is not allowed'}.",
            "Check indentation and quotes.",
        ) from error
    if not isinstance(tree, dict):
        raise kind.refused(f"The {kind.name} {file} {kind.empty}.", kind.begins)
    return tree, builder.lines


class _Builder:
    """Builds the tree from YAML's events."""

    def __init__(self, file: str, kind: Kind) -> None:
        self.lines = Lines()
        self._file, self._kind = file, kind
        self._plain = Resolver()

    def document(self, events: Iterator[yaml.Event]) -> object:
        """The only document; ``None`` if there is none."""
        tree: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document begins", self._kind.one)
            elif isinstance(event, yaml.NodeEvent):
                tree = self._node(event, events, ())
        return tree

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        self.lines.note(path, _line(event))
        if len(path) > DEEPEST:
            self._refuse(event, f"it is nested more than {DEEPEST} levels deep", "Check the brackets.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"*{event.anchor} is an alias", "Write out its value.")
        if (tag := getattr(event, "tag", None)) not in {None, "!"}:
            self._refuse(event, f"the tag {tag} has no meaning here", "Leave it out.")
        if isinstance(event, yaml.SequenceStartEvent):
            entries: list[object] = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                entries.append(self._node(inner, events, (*path, len(entries))))
            return entries
        return self._mapping(events, path)

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        entries: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None
            if not isinstance(key, str):
                self._refuse(event, "the name of an entry is not a string", "Put quotes around it.")
            if key in entries:
                first = self.lines.at((*path, key))
                self._refuse(event, f"{key} is already there, on line {first}", "Keep one of them.")
            entries[key] = self._node(next(events), events, (*path, key))
            self.lines.note((*path, key), _line(event))
        return entries

    def _scalar(self, event: yaml.ScalarEvent) -> str | int | None:
        text: str = event.value
        if found := CONTROL.search(text):
            self._refuse(event, f"it contains the control character {found[0]!r}", "Leave it out.")
        tag = event.tag or self._plain.resolve(yaml.ScalarNode, text, event.implicit)  # type: ignore[no-untyped-call]  # PyYAML has no types of its own
        kind = tag.rpartition(":")[2]
        if kind == "str" or tag == "!":
            return text
        if kind == "null":
            return None
        if kind == "int" and WHOLE.fullmatch(text):
            return int(text)
        if kind == "bool" and text in TRUTHS:
            return TRUTHS[text]
        taken = f"{'an' if kind == 'int' else 'a'} {kind}"
        return self._refuse(event, f"YAML takes {text[:40]} for {taken}", "For a string, put quotes around it.")

    def _refuse(self, event: yaml.Event, problem: str, remedy: str) -> NoReturn:
        raise self._kind.refused(f"The {self._kind.name} {self._file}, line {_line(event)}: {problem}.", remedy)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
