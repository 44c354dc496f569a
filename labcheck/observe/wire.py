"""HTTP over a socket of this machine: how most engines are reached. Connections are kept from one question to the next.

The standard library's HTTP, because the Docker SDK takes longer to import than a whole look takes, and asks at half
the speed. It says nothing in a learner's words: what goes wrong is an :class:`OSError` or an ``HTTPException``.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
from threading import Lock
from typing import Protocol


class Answer(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int:
        """HTTP's number for how it went."""
        ...

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        ...

    def read1(self, most: int = -1, /) -> bytes:
        """What has come of the body, waiting if nothing has; empty at its end."""
        ...

    def close(self) -> None:
        """Read no further."""
        ...


class Way(Protocol):
    """How an engine is reached. Its questions raise :class:`OSError` (``TimeoutError``) or ``HTTPException``."""

    @property
    def can_end(self) -> bool:
        """Whether ``ends`` is understood."""
        ...

    def get(self, target: str, seconds: float, *, ends: bool = False) -> Answer:
        """Ask for this path; each wait takes so many seconds at most.

        ``ends``: say at once that we shall say no more. An engine that goes on telling then stops after what it has.
        """
        ...

    def close(self) -> None:
        """End every connection, also under a thread that waits on it."""
        ...


class Wire:
    """The way over a socket at this path. Safe to share between threads."""

    can_end = True

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._idle: list[_Connection] = []
        self._busy: set[_Connection] = set()
        self._is_closed = False

    def get(self, target: str, seconds: float, *, ends: bool = False) -> Answer:
        """Ask for this path; see :class:`Way`."""
        if not ends and (kept := self._kept()):
            # The engine may close it at this very moment; only a new connection says whether it is there.
            with contextlib.suppress(ConnectionError):
                return self._ask(kept, target, seconds)
        return self._ask(_Connection(self._path), target, seconds, ends=ends)

    def _ask(self, connection: _Connection, target: str, seconds: float, *, ends: bool = False) -> Answer:
        with self._lock:
            if self._is_closed:
                raise ConnectionAbortedError
            self._busy.add(connection)
        try:
            connection.wait_at_most(seconds)
            connection.request("GET", target)
            if self._is_closed:
                raise ConnectionAbortedError  # noqa: TRY301 - it ends as every other trouble does
            if ends:
                connection.sock.shutdown(socket.SHUT_WR)
            return _Reading(self, connection, connection.getresponse(), is_last=ends)
        except BaseException:
            self.done(connection, is_whole=False)
            raise

    def done(self, connection: _Connection, *, is_whole: bool) -> None:
        """Keep the connection for the next question, if its answer was read to the end."""
        with self._lock:
            was_busy = connection in self._busy
            self._busy.discard(connection)
            if was_busy and is_whole:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """End every connection, also under a thread that waits on it."""
        with self._lock:
            self._is_closed = True
            ended = [*self._idle, *self._busy]
            self._idle.clear()
            self._busy.clear()
        for connection in ended:
            connection.end()

    def _kept(self) -> _Connection | None:
        """A connection of before, unless the engine has closed it meanwhile."""
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if connection.is_open:
                    return connection
                connection.close()
        return None


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def wait_at_most(self, seconds: float) -> None:
        """Each wait from now on."""
        self.timeout = seconds
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)

    @property
    def is_open(self) -> bool:
        """Whether the other side still listens: it has said nothing since its last answer, not even goodbye."""
        try:
            self.sock.settimeout(0)
            self.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def end(self) -> None:
        """Close it, and wake whoever waits on it."""
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.close()


class _Reading:
    """An answer over a wire; its connection goes back when it was read to the end."""

    def __init__(
        self, wire: Wire, connection: _Connection, response: http.client.HTTPResponse, *, is_last: bool
    ) -> None:
        self._wire = wire
        self._connection = connection
        self._response = response
        self._is_last = is_last
        self._is_whole = False
        self.status = response.status

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self._response.getheader(name, "")

    def read1(self, most: int = -1, /) -> bytes:
        """What has come of the body, waiting if nothing has; empty at its end."""
        piece = self._response.read1(most)
        if not piece and most:
            if self._response.length:
                raise http.client.IncompleteRead(b"", self._response.length)
            self._is_whole = not (self._is_last or self._response.will_close)
        return piece

    def close(self) -> None:
        """Read no further."""
        self._response.close()
        self._wire.done(self._connection, is_whole=self._is_whole)
