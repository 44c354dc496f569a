"""HTTP over a Unix socket: how most engines are reached. Connections are kept between requests.

It has no sentences for learners: errors are :class:`OSError` or :class:`~labcheck.observe.http.headers.Malformed`.
"""

from __future__ import annotations

import contextlib
import socket
import time
from threading import Lock

from labcheck.observe.engine.transport import Answer
from labcheck.observe.http.connection import Connection, Reading, Wait, question


class UnixSocket:
    """The transport over a socket at this path. Safe to share between threads."""

    can_end = True

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._is_closed = False

    def get(self, target: str, seconds: float, *, ends: bool = False) -> Answer:
        """Request this path; see :class:`~labcheck.observe.engine.transport.Transport`."""
        if not ends and (kept := self._kept()):
            # The engine may just have closed a kept connection; only a new one shows whether the engine is there.
            with contextlib.suppress(ConnectionError):
                return self._ask(kept, target, seconds)
        return self._ask(Connection(socket.socket(socket.AF_UNIX)), target, seconds, is_new=True, ends=ends)

    def _ask(
        self, connection: Connection, target: str, seconds: float, *, is_new: bool = False, ends: bool = False
    ) -> Answer:
        with self._lock:
            if self._is_closed:
                connection.close()
                raise ConnectionAbortedError
            self._busy.add(connection)
        try:
            if is_new:
                connection.sock.settimeout(seconds)
                connection.sock.connect(self._path)
            connection.ask(question("GET", target, {"Host": "localhost"}), lambda: seconds)
            if self._is_closed:
                raise ConnectionAbortedError  # noqa: TRY301 - handled below like every other failure
            if ends:
                connection.sock.shutdown(socket.SHUT_WR)
            reading = connection.answer(_until(time.monotonic() + seconds))
            if not ends:
                reading.wait = lambda: seconds
            return _Reading(self, connection, reading, is_last=ends)
        except BaseException:
            self.done(connection, is_whole=False)
            raise

    def done(self, connection: Connection, *, is_whole: bool) -> None:
        """Keep the connection for the next request, if its answer was read to the end."""
        with self._lock:
            was_busy = connection in self._busy
            self._busy.discard(connection)
            if was_busy and is_whole:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close every connection, even if a thread is waiting on it."""
        with self._lock:
            self._is_closed = True
            ended = [*self._idle, *self._busy]
            self._idle.clear()
            self._busy.clear()
        for connection in ended:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _kept(self) -> Connection | None:
        """A kept connection, unless the engine has closed it meanwhile."""
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if connection.is_open:
                    return connection
                connection.close()
        return None


class _Reading:
    """An answer over a socket; its connection is returned once the answer was read to the end."""

    def __init__(self, owner: UnixSocket, connection: Connection, reading: Reading, *, is_last: bool) -> None:
        self._owner = owner
        self._connection = connection
        self._reading = reading
        self._is_last = is_last
        self.status = reading.status
        self.read1 = reading.read1

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self._reading.headers.get(name)

    def close(self) -> None:
        """Stop reading."""
        self._owner.done(self._connection, is_whole=self._reading.is_reusable and not self._is_last)


def _until(end: float) -> Wait:
    """A timeout for all reads together, however little arrives at a time."""

    def left() -> float:
        if (seconds := end - time.monotonic()) <= 0:
            raise TimeoutError
        return seconds

    return left
