"""An HTTP client for one look: every answer is bounded in size, and no connection outlives the look.

The connections of a look are closed with it, even if a thread is still waiting for one more byte. That bounds a server
that sends one byte per second: a socket's own timeout restarts with each byte. No connection is kept for the next look,
because by then there may be a different registry at the other end.

It follows redirects. It never sends a password, because it has none. A token is sent only to the server it is for, not
to one that a redirect leads to.
"""

from __future__ import annotations

import contextlib
import socket
from contextlib import AbstractContextManager
from threading import Lock
from types import TracebackType
from typing import Final
from urllib.parse import SplitResult

import msgspec

from labcheck.cause import AnswerTooLarge, IncompleteAnswer, RedirectLoop
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.address import DEFAULT_PORTS, joined, origin, resolvable, split, who
from labcheck.observe.http.connection import Connection, Reading, question
from labcheck.observe.http.failures import said
from labcheck.observe.http.headers import Headers, Malformed
from labcheck.observe.http.proxy import Proxy, proxy
from labcheck.observe.trouble import CannotLook

MEBIBYTE: Final = 1024 * 1024
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Reply(msgspec.Struct, frozen=True):
    """A server's complete answer."""

    url: str
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self.headers.get(name)


class Client(AbstractContextManager["Client"]):
    """The HTTP requests of one look; safe to share between its threads."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self._lock = Lock()
        self._idle: dict[tuple[str, str], list[Connection]] = {}
        self._sockets: list[socket.socket] = []
        self.refusing: set[str] = set()
        """Where nobody listens. A look says one thing of a server, however much it wants to know of it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection, even if a thread is waiting on it."""
        with self._lock:
            for opened in self._sockets:
                with contextlib.suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
            for connections in self._idle.values():
                for connection in connections:
                    connection.close()
            self._idle.clear()

    def send(  # noqa: PLR0913 - what HTTP has
        self,
        method: str,
        url: str,
        *,
        accept: str = "*/*",
        limit: int = MEBIBYTE,
        token: str = "",
        follow: bool = True,
    ) -> Reply:
        """Send the request, and follow redirects if told to. An answer longer than ``limit`` bytes is refused."""
        headers = {"Accept": accept}
        bearer, whose = {"Authorization": f"Bearer {token}"} if token else {}, origin(url)
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._exchange(method, url, headers | bearer if origin(url) == whose else headers, limit)
            target = reply.header("Location")
            if not follow or reply.status not in REDIRECTS or not target:
                return reply
            url = joined(url, target)
        raise CannotLook(f"{who(split(url))} sends us in circles, from one address to the next.", RedirectLoop())

    def _exchange(self, method: str, url: str, headers: dict[str, str], limit: int) -> Reply:
        parts = split(url)
        host = who(parts)
        self.deadline.check(host)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        # HTTPS goes through a tunnel in the proxy; plain HTTP is requested from the proxy itself, with the full URL.
        through = proxy("http", parts.hostname or "") if parts.scheme == "http" else None
        if through is not None:
            target, headers = f"http://{host}{target}", {**headers, **through.headers}
        connection = self._kept(parts)
        try:
            with said(host, self.deadline, parts.scheme):
                connection = connection or self._connected(parts, host, through)
                connection.ask(question(method, target, {"Host": host, **headers}), self.deadline.wait)
                reading = connection.answer(self.deadline.wait, is_head=method == "HEAD")
            body = self._body(reading, host, limit)
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        if reading.is_reusable:
            with self._lock:
                self._idle.setdefault((parts.scheme, parts.netloc), []).append(connection)
        else:
            connection.close()
        return Reply(url, reading.status, reading.headers, body)

    def _body(self, reading: Reading, host: str, limit: int) -> bytes:
        body = bytearray()
        try:
            while piece := reading.read1():
                body += piece
                if len(body) > limit:
                    sentence = f"{host} sent more than {limit // MEBIBYTE} MiB for one answer."
                    raise CannotLook(sentence, AnswerTooLarge())
        except TimeoutError:
            raise self.deadline.trouble(host) from None
        except (OSError, ValueError, Malformed):
            raise CannotLook(f"{host} closed the connection in the middle of its answer.", IncompleteAnswer()) from None
        return bytes(body)

    def _kept(self, parts: SplitResult) -> Connection | None:
        with self._lock:
            idle = self._idle.get((parts.scheme, parts.netloc))
            return idle.pop() if idle else None

    def _connected(self, parts: SplitResult, host: str, through: Proxy | None) -> Connection:
        name, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        if parts.netloc in self.refusing:
            raise ConnectionRefusedError
        try:
            opened = self._opened(parts, name, port, host, through)
        except ConnectionRefusedError:
            self.refusing.add(parts.netloc)
            raise
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._sockets.append(opened)
        return Connection(opened)

    def _opened(self, parts: SplitResult, name: str, port: int, host: str, through: Proxy | None) -> socket.socket:
        if parts.scheme == "http":
            where = (through.host, through.port) if through else (name, port)
            return socket.create_connection((resolvable(where[0]), where[1]), self.deadline.wait())  # type: ignore[arg-type]  # bytes are served, too
        from labcheck.observe.http import tls  # noqa: PLC0415 - slow to import, and a lab's registry needs none

        return tls.connected(name, port, host, self.deadline)
