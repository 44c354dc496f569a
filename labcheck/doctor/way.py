"""The ways in which the course can run, and what that makes of everything else.

What keeps the course from running at all is a problem. What keeps it from running in one way, while it runs in
another, is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from labcheck.render.doctor import Line, State
from labcheck.snapshot import Unknown


class Way(Enum):
    """How the course runs on a machine."""

    INSIDE = "this is a sandbox already"
    SANDBOX = "in a sandbox"
    ENGINE = "with the engine that is here"
    NONE = "not at all"


def good(name: str, says: str) -> Line:
    """All is well."""
    return Line(name, State.GOOD, says)


def warning(name: str, says: str, remedy: str = "", *commands: str) -> Line:
    """The course runs, but this may bite."""
    return Line(name, State.WARNING, says, remedy, commands)


def problem(name: str, says: str, remedy: str = "", *commands: str) -> Line:
    """In this way the course cannot run."""
    return Line(name, State.PROBLEM, says, remedy, commands)


def unseen(name: str, seen: object, remedy: str = "", *commands: str) -> Line:
    """We could not look; ``seen`` is the evidence that is none."""
    reason = seen.reason if isinstance(seen, Unknown) else "There was nothing to look at."
    return Line(name, State.UNSEEN, reason, remedy, commands)


def is_open(lines: Sequence[Line]) -> bool:
    """Whether the course can run in the way that these lines are about: only what was seen to be well counts."""
    return all(line.state in {State.GOOD, State.WARNING} for line in lines)


def softened(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines where the course runs in another way: what would be a problem is a warning."""
    return tuple(replace(line, state=State.WARNING) if line.state is State.PROBLEM else line for line in lines)
