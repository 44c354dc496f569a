"""The events of a small engine: the newest 256 in memory, told as Docker tells them, then live.

What ``since`` and ``until`` leave out is what moby's loadBufferedEvents leaves out, and no more.
"""

from __future__ import annotations

import json
import socket
import threading
from decimal import Decimal

from tests.support.loopback import Answer, Asked, reply
from tests.support.small_engine import TIME, parameters

BUFFER = 256
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
Event = dict[str, object]


def event(at: int, kind: str, actor: str = "", **attributes: str) -> Event:
    """One event, with what Engine 28 still adds and Engine 29 does not."""
    what, _, action = kind.partition("/")
    return {
        "Type": what,
        "Action": action,
        "timeNano": TIME + at,
        "Actor": {"ID": actor, "Attributes": attributes},
        "status": action,
        "id": actor,
        "scope": "local",
    }


class Happenings:
    """What happened; ``/events`` is answered from it."""

    def __init__(self, *events: Event) -> None:
        self.is_over = False
        self.takes_an_end = True
        self._all: list[Event] = []
        self._forgotten = 0
        self._news = threading.Condition()
        self.happen(*events)

    @property
    def buffer(self) -> list[Event]:
        """What the engine has kept, in the order in which it happened."""
        return self._all[self._forgotten :][-BUFFER:]

    def happen(self, *events: Event) -> None:
        """Let these happen now."""
        with self._news:
            self._all += events
            self._news.notify_all()

    def forget(self) -> None:
        """The engine is started anew: it has kept nothing."""
        with self._news:
            self._forgotten = len(self._all)

    def end(self) -> None:
        """The engine stops telling."""
        with self._news:
            self.is_over = True
            self._news.notify_all()

    def answer(self, asked: Asked, connection: socket.socket) -> Answer:
        """The events asked for, then live ones, until ``until`` (both ends inclusive) or until the client ends."""
        given = parameters(asked)
        since, until = _nanoseconds(given.get("since", "")), _nanoseconds(given.get("until", ""))
        if until and until < since:
            return reply(400, {"message": "`since` time cannot be after `until` time"})
        connection.sendall(HEAD)
        with self._news:
            kept, told = self.buffer, len(self._all)
        for one in _between(kept, since, until or 2**63):
            _tell(one, connection)
        while not until and not self.is_over and not _is_ended(connection):
            with self._news:
                self._news.wait(0.01)
                news, told = self._all[told:], len(self._all)
            for one in news:
                _tell(one, connection)
        if not self.takes_an_end and _is_ended(connection):
            return None
        connection.sendall(b"0\r\n\r\n")
        return b""


def _between(kept: list[Event], since: int, until: int) -> list[Event]:
    """From the newest backwards: the first that is older than ``since`` ends it, what is later is left out."""
    found: list[Event] = []
    for one in reversed(kept):
        at = int(str(one["timeNano"]))
        if at < since:
            break
        if at <= until:
            found.insert(0, one)
    return found


def _tell(one: Event, connection: socket.socket) -> None:
    line = json.dumps(one).encode() + b"\n"
    # In two pieces, because nothing says that a line comes whole.
    for piece in (line[:7], line[7:]):
        connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))


def _is_ended(connection: socket.socket) -> bool:
    """Whether the client has said that it will say no more; Go's HTTP server then ends what it is doing for it."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False


def _nanoseconds(stamp: str) -> int:
    return int(Decimal(stamp) * 1_000_000_000) if stamp else 0
