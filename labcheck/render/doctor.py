"""What the doctor found, as a page to read or as JSON: the worst last, where the eye is when a command has ended."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from labcheck.render.printable import lines as its_lines
from labcheck.render.printable import prose, sentence

WIDTH = 100
INDENT = "    "


class State(Enum):
    """How one thing stands. A problem keeps the course from running; a warning does not."""

    GOOD = "good"
    UNSEEN = "could not look"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the doctor looked at: what it saw, in one sentence, and what to do about it."""

    name: str
    state: State
    says: str
    remedy: str = ""
    commands: tuple[str, ...] = ()
    """What to type; a part of the remedy."""


def terminal(lines: Sequence[Line]) -> str:
    """The lines in groups, the worst last; and at the end the last line, which sums up."""
    if not lines:
        return ""
    *found, last = lines
    width = max((len(line.name) for line in found), default=0) + 2
    groups = [_group(state, [line for line in found if line.state is state], width) for state in State]
    return "\n".join([*(group for group in groups if group), _summed_up(last)])


def as_json(lines: Sequence[Line]) -> str:
    """A list of objects with the keys ``name, state, says, remedy``; the last one sums up."""
    return json.dumps([_document(line) for line in lines], indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Line]], str]] = MappingProxyType({"terminal": terminal, "json": as_json})
"""What ``--format`` offers."""


def _document(line: Line) -> dict[str, str]:
    remedy = "\n".join(text for text in (line.remedy, *line.commands) if text)
    return {"name": line.name, "state": line.state.value, "says": line.says, "remedy": remedy}


def _group(state: State, lines: Sequence[Line], width: int) -> str:
    if not lines:
        return ""
    rows = [f"{state.value.capitalize()}:"]
    for line in lines:
        told = [*_wrapped(sentence(line.says), width), *_wrapped(sentence(line.remedy), width)]
        rows.append(f"  {prose(line.name):<{width}}{told[0] if told else ''}".rstrip())
        rows.extend(" " * (width + 2) + row for row in told[1:])
        rows.extend(_commands(line, " " * (width + 2)))
    return "\n".join(rows) + "\n"


def _summed_up(line: Line) -> str:
    told = [*_wrapped(sentence(line.says)), *_wrapped(sentence(line.remedy)), *_commands(line)]
    return "\n".join(told) + "\n"


def _commands(line: Line, margin: str = "") -> list[str]:
    """What to type, never wrapped."""
    return [f"{margin}{INDENT}{row}" for command in line.commands for row in its_lines(command)]


def _wrapped(text: str, width: int = -2) -> list[str]:
    return textwrap.wrap(text, WIDTH - width - 2, break_long_words=False, break_on_hyphens=False)
