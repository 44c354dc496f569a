"""The engine's events: past ones since some moment, and future ones. None is lost between the two.

The engine keeps its newest 256 events of all kinds, in memory, in the order in which they happened. A cursor names the
last one that was seen: whatever comes after it is new, regardless of the engine's clock. If the engine has forgotten
that event, later ones may be lost as well, and that is a gap. So every kind is requested, and events that say nothing
about a lab (networks, health probes, volumes until they are removed) are dropped here.

For ``since``, the engine reads backwards from its newest event to the first that is older: the answer has no holes. But
``until`` leaves out whatever is later, and after the clock was set back that includes past events. So the answer is
ended differently: we shut down our side of the connection immediately, and the engine stops after what it has. If that
does not work (with the SDK's transports, or with a proxy in between), ``until`` is all there is, and events that the
engine's clock places in the future are reported later.

Source: moby, daemon/events/events.go (loadBufferedEvents) and api/server/router/system (getEvents).
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Generator, Iterator
from typing import Final

import msgspec

from labcheck.cause import AnswerTooLarge, IncompleteAnswer, UnexpectedAnswer
from labcheck.digest import hexadecimal
from labcheck.document import Document, number, text
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine import podman
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.failures import WHO
from labcheck.observe.http.headers import Malformed
from labcheck.observe.relevance import Relevance
from labcheck.observe.trouble import CannotLook

BUFFER: Final = 256
"""How many events the engine keeps."""
SECOND: Final = 1_000_000_000
KINDS: Final = frozenset({"container", "image"})
LONGEST_LINE: Final = 1024 * 1024


class Cursor(msgspec.Struct, frozen=True):
    """How far the engine's events have been read: up to this event. Without one: all that are older than ``at``."""

    at: int
    event: str = ""


class Replay(msgspec.Struct, frozen=True):
    """The events since a cursor. ``gap``: the engine has forgotten some of them."""

    documents: tuple[Document, ...]
    gap: bool
    cursor: Cursor


def mark(event: Document) -> str:
    """What distinguishes this event from every other. The command after ``exec_create:`` is not part of it."""
    action = text(event, "Action").partition(":")[0]
    said = f"{number(event, 'timeNano')} {text(event, 'Type')} {action} {text(event, 'Actor', 'ID')}"
    return hexadecimal(said.encode())[:32]


def replay(engine: Engine, cursor: Cursor, now: int, relevance: Relevance, deadline: Deadline) -> Replay:
    """The events after the cursor that the engine still has. ``now`` is by the engine's clock."""
    kept = _kept(engine, cursor.at, now, deadline) if cursor.event else _Kept([], has_future=True)
    at = _place(cursor, kept.events)
    if at is None:
        kept = _kept(engine, 0, now, deadline)
        at = _place(cursor, kept.events)
    if cursor.event and at is None and cursor.at > now and not kept.has_future:
        return Replay((), gap=False, cursor=cursor)
    if cursor.event:
        new, gap = kept.events[at or 0 :], at is None
    else:
        new = [event for event in kept.events if number(event, "timeNano") >= cursor.at]
        gap = len(new) >= BUFFER and not engine.is_podman
    # Without an event in the cursor, whatever comes is new.
    last = kept.events[-1] if kept.events else None
    cursor = Cursor(number(last, "timeNano"), mark(last)) if last else Cursor(0)
    return Replay(tuple(relevance.event(event) for event in new if tells(event)), gap, cursor)


def _place(cursor: Cursor, events: list[Document]) -> int | None:
    """Where the new events begin: after the cursor's own event, searched from the newest backwards."""
    return next((at for at in range(len(events), 0, -1) if mark(events[at - 1]) == cursor.event), None)


class _Kept(msgspec.Struct, frozen=True):
    """The engine's newest events. ``has_future``: including those that are later than its clock."""

    events: list[Document]
    has_future: bool


def _kept(engine: Engine, since: int, now: int, deadline: Deadline) -> _Kept:
    """The events that the engine still has, from the newest back to the first one older than ``since``."""
    if engine.is_podman:
        with contextlib.closing(lines(engine, deadline, since=_early(engine, since), stream="false")) as happened:
            return _Kept(list(happened), has_future=True)
    if engine.can_end:
        # A proxy in between may close everything when we shut down our side.
        with (
            contextlib.suppress(CannotLook),
            contextlib.closing(lines(engine, deadline, ends=True, since=stamp(since))) as happened,
        ):
            return _Kept(list(happened), has_future=True)
    since = min(since, now)
    with contextlib.closing(lines(engine, deadline, since=stamp(since), until=stamp(now))) as happened:
        return _Kept(list(happened), has_future=False)


def _early(engine: Engine, since: int) -> str:
    """From when on to ask, so that nothing since then is left out. Podman keeps everything, but not in its order."""
    return stamp(max(since - podman.LATE, 0) if engine.is_podman else since)


def tells(event: Document) -> bool:
    """Whether the event may be relevant to a lab; what runs inside a container is not, of volumes only their end."""
    kind, action = text(event, "Type"), text(event, "Action")
    if kind == "volume":
        return action in {"destroy", "prune"}
    return kind in KINDS and not action.startswith("exec_")


def listen(engine: Engine, cursor: Cursor, now: int, seconds: float) -> Iterator[Document | None]:
    """Every event after the cursor as it happens, unreduced; ends when the engine goes away.

    After ``seconds`` of silence it yields ``None`` and reopens the stream: a connection may die without notice. The
    engine then repeats all the events it has kept, and those already seen are left out.
    """
    since = cursor.at if engine.is_podman else 0
    kept = _kept(engine, since, now, Deadline(seconds)).events
    if cursor.event:
        told = kept[: _place(cursor, kept) or 0]
    else:
        told = [event for event in kept if number(event, "timeNano") < cursor.at]
    known = deque(map(mark, told), maxlen=2 * BUFFER)
    while True:
        with contextlib.closing(lines(engine, Deadline(seconds), since=_early(engine, since))) as happening:
            try:
                for event in happening:
                    if (name := mark(event)) not in known:
                        known.append(name)
                        yield event
            except Silence:
                yield None
            else:
                return


class Silence(CannotLook):
    """The engine has sent no event for a while."""


def lines(engine: Engine, deadline: Deadline, *, ends: bool = False, **params: str) -> Generator[Document]:
    """The events as the engine sends them; :class:`Silence` after as many seconds as the deadline has left."""
    answer = engine.stream("/events", deadline, ends=ends, **params)
    rest = b""
    try:
        while piece := answer.read1():
            if ends or "until" in params or "stream" in params:
                deadline.check(WHO)
            *whole, rest = (rest + piece).split(b"\n")
            events = (_event(line) for line in whole if line.strip())
            yield from filter(None, map(podman.as_docker, events)) if engine.is_podman else events
            if len(rest) > LONGEST_LINE:
                raise CannotLook(f"{WHO} sent an event that does not end.", AnswerTooLarge())
    except TimeoutError:
        silent = deadline.trouble(WHO)
        raise Silence(str(silent), silent.cause) from None
    except (OSError, ValueError, Malformed):
        raise CannotLook(f"{WHO} closed the connection in the middle of its events.", IncompleteAnswer()) from None
    finally:
        answer.close()


def _event(line: bytes) -> Document:
    try:
        event = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise CannotLook(f"{WHO} sent an event that labcheck does not understand.", UnexpectedAnswer())
    return event


def stamp(nanoseconds: int) -> str:
    """The time in the format of ``since`` and ``until``: seconds, a point, nine digits."""
    return f"{nanoseconds // SECOND}.{nanoseconds % SECOND:09d}"
