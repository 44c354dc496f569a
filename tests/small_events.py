"""The events of a small engine: the newest 256 in memory, told as Docker tells them, then live."""

from __future__ import annotations

import json
import socket
import threading
from decimal import Decimal

from tests.loopback import Answer, Asked, reply
from tests.small_engine import TIME, parameters

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
        self.buffer: list[Event] = []
        self.is_over = False
        self._news = threading.Condition()
        self.happen(*events)

    def happen(self, *events: Event) -> None:
        """Let these happen now."""
        with self._news:
            self.buffer = [*self.buffer, *events][-BUFFER:]
            self._news.notify_all()

    def end(self) -> None:
        """The engine stops telling."""
        with self._news:
            self.is_over = True
            self._news.notify_all()

    def answer(self, asked: Asked, connection: socket.socket) -> Answer:
        """The events asked for: both ends are inclusive; without ``until`` it never ends."""
        given = parameters(asked)
        since, until = _nanoseconds(given.get("since", "")), _nanoseconds(given.get("until", ""))
        if until and until < since:
            return reply(400, {"message": "`since` time cannot be after `until` time"})
        connection.sendall(HEAD)
        told: set[int] = set()
        while not self.is_over:
            with self._news:
                news = [event for event in self.buffer if id(event) not in told]
                if not news and not until:
                    self._news.wait(1)
            told |= {id(event) for event in news}
            for one in news:
                if since <= int(str(one["timeNano"])) <= (until or 2**63):
                    line = json.dumps(one).encode() + b"\n"
                    # In two pieces, because nothing says that a line comes whole.
                    for piece in (line[:7], line[7:]):
                        connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            if until:
                break
        connection.sendall(b"0\r\n\r\n")
        return b""


def _nanoseconds(stamp: str) -> int:
    return int(Decimal(stamp) * 1_000_000_000) if stamp else 0
