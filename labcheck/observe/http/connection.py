"""One HTTP/1.1 request and its answer, over a connected socket: strict, and bounded in size and time.

It reads what engines and registries really send, and refuses anything ambiguous: folded headers, a length that is not a
number, two lengths. Errors are :class:`OSError` (``TimeoutError`` if it took too long, ``ConnectionError`` if the other
side closed the connection) or :class:`Malformed`.

Source: RFC 9112.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from labcheck.observe.http.headers import Head, Malformed, read_head

Wait: TypeAlias = Callable[[], float]
"""How many seconds one wait may take now; raises ``TimeoutError`` if none are left."""

PIECE: Final = 64 * 1024
LONGEST_HEAD: Final = 64 * 1024
LONGEST_LINE: Final = 1024
"""The longest line of a chunk's size, and of a trailer."""
MOST_DIGITS: Final = 15
NO_BODY: Final = frozenset({204, 304})
INTERIM: Final = range(100, 200)
HEX: Final = b"0123456789abcdefABCDEF"


def question(method: str, target: str, headers: Mapping[str, str]) -> bytes:
    """The request's bytes; raises :class:`ValueError` for characters that are not allowed in a header line."""
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if " " in target or not all(line.isascii() and line.isprintable() for line in lines):
        raise ValueError(f"This cannot be asked: {lines!r}")
    return ("\r\n".join(lines) + "\r\nAccept-Encoding: identity\r\nUser-Agent: labcheck\r\n\r\n").encode("ascii")


class Connection:
    """A connected socket, and what has arrived but was not read yet."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._come = b""

    def ask(self, asked: bytes, wait: Wait) -> None:
        """Send a request."""
        self.sock.settimeout(wait())
        self.sock.sendall(asked)

    def answer(self, wait: Wait, *, is_head: bool = False) -> Reading:
        """The answer, its body still to be read. ``is_head``: the request was ``HEAD``, so there is no body."""
        while True:
            head = read_head(self._head(wait))
            if head.status not in INTERIM:
                return Reading(self, head, wait, is_bodiless=is_head or head.status in NO_BODY)

    @property
    def is_open(self) -> bool:
        """Whether the other side still listens: it has neither sent anything since its last answer nor closed."""
        if self._come:
            return False
        try:
            self.sock.settimeout(0)
            self.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    @property
    def is_clean(self) -> bool:
        """Whether nothing unrequested has arrived."""
        return not self._come

    def close(self) -> None:
        """Close it."""
        self.sock.close()

    def some(self, most: int, wait: Wait) -> bytes:
        """What has arrived, waiting if nothing has; empty if the other side has closed."""
        piece = self._come or self._received(wait, min(most, PIECE))
        self._come = piece[most:]
        return piece[:most]

    def line(self, wait: Wait) -> bytes:
        """A line without its end."""
        while b"\r\n" not in self._come:
            if len(self._come) > LONGEST_LINE or b"\n" in self._come:
                raise Malformed
            self._more(wait)
        line, _, self._come = self._come.partition(b"\r\n")
        return line

    def _head(self, wait: Wait) -> bytes:
        while b"\r\n\r\n" not in self._come:
            # A server that speaks first, and not HTTP, would wait for us while we wait for it.
            is_one = self._come[:5] == b"HTTP/"[: len(self._come)] and b"\n\n" not in self._come
            if not is_one or len(self._come) > LONGEST_HEAD:
                raise Malformed
            self._more(wait)
        head, _, self._come = self._come.partition(b"\r\n\r\n")
        if len(head) > LONGEST_HEAD:
            raise Malformed
        return head

    def _more(self, wait: Wait) -> None:
        piece = self._received(wait, PIECE)
        if not piece:
            raise ConnectionResetError
        self._come += piece

    def _received(self, wait: Wait, most: int) -> bytes:
        self.sock.settimeout(wait())
        return self.sock.recv(most)


class Reading:
    """An answer over a connection; ``status`` is the HTTP status, the body is read piece by piece."""

    def __init__(self, connection: Connection, head: Head, wait: Wait, *, is_bodiless: bool) -> None:
        self.status = head.status
        self.headers = head.headers
        self.wait = wait
        self._connection = connection
        self._left: int | None = 0 if head.headers.is_chunked else head.headers.length
        self._is_chunked = head.headers.is_chunked
        self._is_first = True
        self._is_over = is_bodiless or (self._left == 0 and not self._is_chunked)
        # A body without a length goes on until the other side closes.
        self._stays = head.stays and (is_bodiless or self._left is not None)

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can be reused: everything was read, and the other side keeps it open."""
        return self._is_over and self._stays and self._connection.is_clean

    def read1(self, most: int = -1) -> bytes:
        """What has arrived of the body, waiting if nothing has; empty at its end."""
        most = PIECE if most < 0 else most
        if not self._is_over and self._is_chunked and not self._left:
            self._left = self._chunk()
        if self._is_over:
            return b""
        piece = self._connection.some(most if self._left is None else min(most, self._left), self.wait)
        if self._left is not None:
            if not piece:
                raise ConnectionResetError
            self._left -= len(piece)
        self._is_over = not piece or (self._left == 0 and not self._is_chunked)
        return piece

    def _chunk(self) -> int:
        """The next chunk's size; 0 if there is none, and then the trailer was read as well."""
        if not self._is_first and self._connection.line(self.wait):
            raise Malformed
        self._is_first = False
        digits = self._connection.line(self.wait).partition(b";")[0].strip(b" \t")
        if not digits or digits.strip(HEX) or len(digits) > MOST_DIGITS:
            raise Malformed
        size = int(digits, 16)
        if not size:
            lines = 0
            while self._connection.line(self.wait):
                lines += 1
                if lines > LONGEST_LINE:
                    raise Malformed
            self._is_over = True
        return size
