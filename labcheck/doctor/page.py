"""What the doctor found, as a page to read or as JSON: the worst last, where the eye is when a command has ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from labcheck.doctor.conclusion import Conclusion, State
from labcheck.render.printable import lines as its_lines
from labcheck.render.printable import prose, sentence
from labcheck.render.wrap import WIDTH, wrapped

INDENT = "    "


def terminal(lines: Sequence[Conclusion], *, width: int = WIDTH, colour: bool = False) -> str:
    """The lines in groups, the worst last; and at the end the last line, which sums up.

    Words carry the meaning; colour is only an echo of them.
    """
    *found, last = lines
    width = min(width, WIDTH)
    page = _Page(max((len(line.name) for line in found), default=0) + 4, width, colour)
    groups = [page.group(state, [line for line in found if line.state is state]) for state in State]
    return "\n\n".join("\n".join(rows) for rows in (*groups, page.told(last, "")) if rows) + "\n"


def as_json(lines: Sequence[Conclusion]) -> str:
    """A list of objects with the keys ``name, state, says, remedy``; the last one sums up."""
    return json.dumps([_document(line) for line in lines], indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Conclusion]], str]] = MappingProxyType({"terminal": terminal, "json": as_json})
"""What ``--format`` offers."""


def _document(line: Conclusion) -> dict[str, str]:
    remedy = "\n".join(text for text in (line.remedy, *line.commands) if text)
    return {"name": line.name, "state": line.state.value, "says": line.says, "remedy": remedy}


COLOURS = {State.GOOD: "32", State.UNSEEN: "33", State.WARNING: "33", State.PROBLEM: "31"}
BOLD = "1"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: how far the text is indented, how wide the page is, and whether it has colours."""

    margin: int
    width: int
    colour: bool

    def group(self, state: State, lines: Sequence[Conclusion]) -> list[str]:
        """All lines of one state, under its name; nothing if there are none."""
        if not lines:
            return []
        rows = [self._painted(f"{state.value.capitalize()}:", COLOURS[state])]
        for line in lines:
            told = self.told(line, " " * self.margin) or [""]
            named = f"  {prose(line.name)}".ljust(self.margin)
            rows += [(named + told[0].removeprefix(" " * self.margin)).rstrip(), *told[1:]]
        return rows

    def told(self, line: Conclusion, margin: str) -> list[str]:
        """What was seen and what to do; a sentence that leads to a command stands just above it, by itself."""
        about, _, leading = line.remedy.rpartition(". ") if line.commands else (line.remedy, "", "")
        said = [row for text in (line.says, about, leading) for row in self._wrapped(sentence(text), margin)]
        commands = [row for command in line.commands for row in its_lines(command)]
        return [*said, *(f"{margin}{INDENT}{self._painted(row, BOLD)}" for row in commands)]

    def _wrapped(self, text: str, margin: str) -> list[str]:
        return wrapped(text, self.width, first=margin, rest=margin)

    def _painted(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text
