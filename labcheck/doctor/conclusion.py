"""What the doctor concludes of one thing: how it stands, what was seen in one sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Remedy: TypeAlias = tuple[str, ...]
"""What to do, in a sentence or two, and then what to type, a command each."""


class AsRoot(str):
    """A command that only root may run. ``sudo`` or ``su`` is put before it at the end, in one place."""

    __slots__ = ()


class State(Enum):
    """How one thing stands. A problem keeps the course from running; a warning does not."""

    GOOD = "good"
    UNSEEN = "could not look"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How one thing stands: what was seen, in one sentence, and what to do about it."""

    name: str
    state: State
    says: str
    remedy: str = ""
    commands: tuple[str, ...] = ()
    """What to type; a part of the remedy."""


def good(name: str, says: str) -> Conclusion:
    """All is well."""
    return Conclusion(name, State.GOOD, says)


def warning(name: str, says: str, remedy: str, *commands: str) -> Conclusion:
    """The course runs, but this may get in the way."""
    return Conclusion(name, State.WARNING, says, remedy, commands)


def problem(name: str, says: str, remedy: str, *commands: str) -> Conclusion:
    """The course cannot run like this."""
    return Conclusion(name, State.PROBLEM, says, remedy, commands)


def unseen(name: str, reason: str, remedy: str = "", *commands: str) -> Conclusion:
    """We could not look, for this reason."""
    return Conclusion(name, State.UNSEEN, reason, remedy, commands)
