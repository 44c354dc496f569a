"""Registries, and what is none, for those who ask whether one answers; and a home and an environment of their own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.alone import alone

__all__ = ["alone"]


class _Registry(BaseHTTPRequestHandler):
    status = 401
    headers_sent = ("Docker-Distribution-Api-Version", "registry/2.0")

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header(*self.headers_sent)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _LogInPage(_Registry):
    status = 200
    headers_sent = ("Content-Type", "text/html")


class _Broken(_Registry):
    status = 503


def _served(kind: type[_Registry]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def registry() -> Iterator[str]:
    """Something that answers as a registry which asks for a password."""
    yield from _served(_Registry)


@pytest.fixture
def log_in_page() -> Iterator[str]:
    """Something that answers everything with a page, as a hotel's network does."""
    yield from _served(_LogInPage)


@pytest.fixture
def broken() -> Iterator[str]:
    """A registry in trouble."""
    yield from _served(_Broken)


@pytest.fixture
def silent() -> Iterator[str]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
