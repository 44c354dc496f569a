"""A real server on loopback, or on a socket in a folder, that answers each request exactly as a test says.

It speaks bytes, so that it can also say what no proper server would: half a header, a body without an end, nothing.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]


Answer = bytes | None
"""What to send; ``None`` closes the connection without a word."""
Behaviour = Callable[[Asked, socket.socket], Answer]


def reply(status: int = 200, body: bytes | str | dict[str, object] = b"", **headers: str) -> bytes:
    """An HTTP answer with a length; an underscore in a header's name stands for a hyphen."""
    if isinstance(body, dict):
        body = json.dumps(body)
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    fields = {"Content_Length": str(len(content)), **headers}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


class Loopback:
    """The server; ``asked`` is all it was asked so far, ``open`` every connection it took."""

    def __init__(
        self,
        behaviour: Behaviour,
        *,
        path: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.asked: list[Asked] = []
        self._behaviour = behaviour
        self._tls = tls
        self.open: list[socket.socket] = []
        self._is_over = False
        if path:
            self._listening = socket.socket(socket.AF_UNIX)
            self._listening.bind(str(path))
            self.domain = ""
        else:
            self._listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
            self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listening.bind((host, port))
            name = f"[{host}]" if ":" in host else host
            self.domain = f"{name}:{self._listening.getsockname()[1]}"
        self._listening.listen(64)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over = True
        for one in (self._listening, *self.open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while not self._is_over:
            with contextlib.suppress(OSError):
                connection = self._listening.accept()[0]
                self.open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # A client that gives up, and the end of the test, both break connections; neither is news.
        with contextlib.suppress(OSError, ValueError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self.open.append(connection)
            while (request := self._read(connection)) is not None:
                self.asked.append(request)
                answer = self._behaviour(request, connection)
                if answer is None:
                    break
                if request.method == "HEAD":
                    answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                connection.sendall(answer)
        with contextlib.suppress(OSError):
            connection.close()

    @staticmethod
    def _read(connection: socket.socket) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return None
            head += piece
        first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        method, target, _ = first.split(" ", 2)
        return Asked(
            method, target, {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in rest)}
        )


def tunnel(context: ssl.SSLContext, answer: bytes) -> Behaviour:
    """A proxy, and the server with HTTPS at the other end of its tunnels, which answers all with this."""

    def behaviour(_: Asked, connection: socket.socket) -> None:
        connection.sendall(reply(200))
        with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as inside:
            while inside.recv(65536):
                inside.sendall(answer)

    return behaviour


def silent(_: Asked, connection: socket.socket) -> None:
    """Say nothing, for ever."""
    connection.recv(1)


def dripping_headers(_: Asked, connection: socket.socket) -> None:
    """Send a header, a byte at a time, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nServer: ")
    drip(connection)


def dripping_body(_: Asked, connection: socket.socket) -> None:
    """Send a body, a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    drip(connection)


def drip(connection: socket.socket, drop: bytes = b" ") -> None:
    """Send the same again and again, until the other side has had enough."""
    while True:
        connection.sendall(drop)
        time.sleep(0.02)
