"""What a class's wall is told of a learner: at which step of which lab they are, and which mistake is recognised.

It has names from labs and from labcheck's own list of mistakes only: no sentence, no command, no name of an image or a
container. The wall says it in words of its own.
"""

from __future__ import annotations

import hmac
from enum import IntEnum
from pathlib import PurePath
from typing import Annotated, Final

import msgspec

from labcheck.report import Report, State

LONGEST: Final = 64 * 1024
"""Bytes of what is told at once."""

Word = Annotated[str, msgspec.Meta(max_length=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Stand(IntEnum):
    """How a step stands, as a number: states are words for people, and words change."""

    LATER = 0
    NEXT = 1
    DONE = 2
    BROKEN = 3
    UNSEEN = 4


STANDS: Final = {state: Stand[state.name] for state in State}


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A step, and how it stands."""

    id: Word
    stand: Stand


class Where(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a learner is. Times are seconds up to when it is told, so that the clocks of two machines do not matter."""

    lab: Word = ""
    """Empty as long as nothing was begun."""
    steps: Annotated[tuple[Step, ...], msgspec.Meta(max_length=500)] = ()
    at: Word = ""
    """The open step; empty once all are done."""
    mistake: Word = ""
    """The name of the mistake that is recognised at the open step."""
    tries: Count = 0
    """How often the open step's question was answered."""
    shown: Count = 0
    """How many hints and solutions of the open step were shown."""
    finished: Count = 0
    """How many labs are finished."""
    idle: Count = 0
    """For how long no step was completed, since the course was opened."""
    stuck: Count = 0
    """For how long it has been this mistake."""
    waiting: Count | None = None
    """For how long the learner has asked for help, if they do."""
    gone: bool = False
    """They no longer want to be on the wall. Nothing else is told then."""

    @property
    def lasting(self) -> Where:
        """The same without what only time changes."""
        return msgspec.structs.replace(self, idle=0, stuck=0, waiting=None if self.waiting is None else 0)


class Told(msgspec.Struct, frozen=True):
    """One message to the wall. A later one of the same learner has a greater number; it replaces all before it."""

    learner: Word
    number: Count
    where: Where


def where(report: Report, *, finished: int = 0) -> Where:
    """Where the learner of this report is, without the times."""
    step = report.open_step
    trouble = step.trouble if step else None
    return Where(
        lab=PurePath(report.lab).name,  # of a file elsewhere, not its folders
        steps=tuple(Step(it.id, STANDS[it.state]) for it in report.steps),
        at=step.id if step else "",
        mistake=(trouble.diagnosis or "") if trouble else "",
        tries=(step.tries or 0) if step else 0,
        shown=len(step.shown) if step else 0,
        finished=finished,
    )


def signature(key: bytes, content: bytes) -> str:
    """The signature of a message with a learner's key."""
    return hmac.new(key, b"labcheck wall\0" + content, "sha256").hexdigest()


def is_signed(key: bytes, content: bytes, code: str) -> bool:
    """Whether it was signed with this key, exactly as it is."""
    return hmac.compare_digest(signature(key, content).encode(), code.encode("utf-8", "replace"))
