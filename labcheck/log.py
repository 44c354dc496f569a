"""The log of an attempt: looks, the engine's events between them, answers, and what was shown.

A log is a value. Times are nanoseconds of the engine's own clock. If the engine forgot events before we could ask, that
is a *gap*: across it, the absence of an event proves nothing.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from labcheck.cached import cached_property
from labcheck.document import Document
from labcheck.engine import Event
from labcheck.snapshot import Snapshot

SCHEMA = 3
"""The schema of serialised logs. In schema 1, what could not be seen had a sentence but no cause; before schema 3, an
attempt had no seed."""


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Somebody looked, and the look took ``took`` nanoseconds. Later looks that saw the same extend it to ``until``."""

    at: int
    until: int
    snapshot: Snapshot
    took: int | None = None

    @property
    def end(self) -> int:
        """When the first of the looks that saw the same ended."""
        return self.until if self.took is None else self.at + self.took


class Happened(msgspec.Struct, frozen=True, tag="event", dict=True):
    """Something happened in the engine between two looks."""

    document: dict[str, object]

    @cached_property
    def event(self) -> Event:
        """What the engine reported."""
        return Event(self.document)

    @property
    def at(self) -> int:
        """When it happened."""
        return self.event.at


class Gap(msgspec.Struct, frozen=True, tag="gap"):
    """The engine no longer had the events since the last entry, or had been restarted."""

    at: int


class Answered(msgspec.Struct, frozen=True, tag="answer"):
    """The learner answered a step's question."""

    at: int
    step: str
    value: str


class Shown(msgspec.Struct, frozen=True, tag="shown"):
    """The learner was shown a step's hint or solution, or the solution was played for them."""

    at: int
    step: str
    what: Literal["hint", "solution", "played"]


Entry: TypeAlias = Look | Happened | Gap | Answered | Shown


class Log(msgspec.Struct, frozen=True, dict=True):
    """Everything known about one attempt at one lab, the oldest first."""

    lab: str
    began: int
    entries: tuple[Entry, ...] = ()
    engine: str = ""
    attempt: int = 1
    schema: int = SCHEMA
    seed: str = ""
    """What the lab's values were drawn from (:mod:`labcheck.seed`); empty in attempts that are older than seeds."""

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The looks."""
        return tuple(entry for entry in self.entries if isinstance(entry, Look))


class Head(msgspec.Struct, frozen=True):
    """Which attempt a log belongs to: the lab, the attempt's number, the engine, when it started, and its seed."""

    lab: str
    attempt: int
    engine: str
    began: int
    seed: str = ""


def event(document: Document) -> Happened:
    """The entry for an event as observed."""
    return Happened(dict(document))
