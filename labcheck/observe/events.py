"""The engine's events: those since a moment, and those to come. None is lost between the two.

The engine keeps its newest 256 events of all kinds, in memory. A cursor names the last one that was seen: if the engine
no longer has it, what came after it may be lost, too, and that is a gap. So every kind is asked for, and those that
tell nothing of a lab (networks, volumes, health probes) are left out here.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from labcheck.document import Document, number, text
from labcheck.observe.concern import Concern
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine import WHO, Engine
from labcheck.observe.trouble import CannotLook

BUFFER: Final = 256
"""How many events the engine keeps."""
SECOND: Final = 1_000_000_000
SLACK: Final = SECOND
"""Nanoseconds. Two events of one moment may stand in the engine's buffer in another order than their times."""
KINDS: Final = frozenset({"container", "image"})
LONGEST_LINE: Final = 1024 * 1024


class Cursor(msgspec.Struct, frozen=True):
    """How far the engine's events have been read: a time (nanoseconds), and the last event if there was one."""

    at: int
    event: str = ""

    @property
    def since(self) -> int:
        """From when on to ask, so that the cursor's own event comes again."""
        return max(self.at - SLACK, 0) if self.event else self.at


@dataclass(frozen=True, slots=True)
class Replay:
    """What happened since a cursor. ``gap``: the engine has forgotten some of it."""

    documents: tuple[Document, ...]
    gap: bool
    cursor: Cursor


def mark(event: Document) -> str:
    """What tells this event from every other. What was typed after ``exec_create:`` is no part of it."""
    action = text(event, "Action").partition(":")[0]
    said = f"{number(event, 'timeNano')} {text(event, 'Type')} {action} {text(event, 'Actor', 'ID')}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def replay(engine: Engine, cursor: Cursor, now: int, concern: Concern, deadline: Deadline) -> Replay:
    """What the engine still knows of what happened after the cursor, up to ``now``."""
    since = stamp(min(cursor.since, now))
    with contextlib.closing(lines(engine, deadline, since=since, until=stamp(now))) as happened:
        events = list(happened)
    marks = [mark(event) for event in events]
    if not cursor.event:
        new, gap = events, len(events) >= BUFFER
    elif cursor.event in marks:
        new, gap = events[marks.index(cursor.event) + 1 :], False
    else:
        new, gap = events, True
    if new:
        cursor = Cursor(number(new[-1], "timeNano"), mark(new[-1]))
    elif gap:
        # Nothing is left to stand on, so the next replay begins here.
        cursor = Cursor(now)
    return Replay(tuple(concern.event(event) for event in new if tells(event)), gap, cursor)


def tells(event: Document) -> bool:
    """Whether the event may tell something of a lab; what runs inside a container does not."""
    return text(event, "Type") in KINDS and not text(event, "Action").startswith("exec_")


def listen(engine: Engine, cursor: Cursor, seconds: float) -> Iterator[Document | None]:
    """Every event after the cursor as it happens, whole; ends when the engine goes away.

    After ``seconds`` of silence there is a ``None``, and the stream is opened anew, from the last event on: a
    connection may die without a word.
    """
    known = deque(_seen(engine, cursor, Deadline(seconds)), maxlen=2 * BUFFER)
    while True:
        with contextlib.closing(lines(engine, Deadline(seconds), since=stamp(cursor.since))) as happening:
            try:
                for event in happening:
                    if mark(event) not in known:
                        known.append(mark(event))
                        cursor = Cursor(max(cursor.at, number(event, "timeNano")), mark(event))
                        yield event
            except Silence:
                yield None
            else:
                return


def _seen(engine: Engine, cursor: Cursor, deadline: Deadline) -> list[str]:
    """The marks of the cursor's own event and of those shortly before it, as far as the engine still knows them."""
    if not cursor.event:
        return []
    with contextlib.closing(lines(engine, deadline, since=stamp(cursor.since), until=stamp(cursor.at))) as happened:
        marks = [mark(event) for event in happened]
    return marks[: marks.index(cursor.event) + 1] if cursor.event in marks else []


class Silence(CannotLook):
    """The engine had no event to tell for a while."""


def lines(engine: Engine, deadline: Deadline, **params: str) -> Generator[Document]:
    """The events as the engine sends them; :class:`Silence` after as many seconds as the deadline has left."""
    from urllib3.exceptions import HTTPError, ReadTimeoutError  # noqa: PLC0415 - comes with the SDK, imported late

    response = engine.stream("/events", deadline, **params)
    rest = b""
    try:
        while piece := response.raw.read1():
            if "until" in params:
                deadline.check(WHO)
            *whole, rest = (rest + piece).split(b"\n")
            yield from (_event(line) for line in whole if line.strip())
            if len(rest) > LONGEST_LINE:
                raise CannotLook(f"{WHO} sent an event without an end.")
    except ReadTimeoutError:
        raise Silence(deadline.reason(WHO)) from None
    except (HTTPError, OSError):
        raise CannotLook(f"{WHO} broke off in the middle of its events.") from None
    finally:
        response.close()


def _event(line: bytes) -> Document:
    try:
        event = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise CannotLook(f"{WHO} sent an event that labcheck does not understand.")
    return event


def stamp(nanoseconds: int) -> str:
    """The time as ``since`` and ``until`` take it: seconds, a point, nine digits."""
    return f"{nanoseconds // SECOND}.{nanoseconds % SECOND:09d}"
