"""The very requests that a look makes: recorded as it sends them, and made again one after the other.

The same clients make them that make the script's: docker's and urllib3's, over connections that are kept.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from unittest.mock import patch

ENDS_WITH_US = "/events?"
"""What the engine goes on with until the other side closes, as a look does and docker's client does not."""


class Request(NamedTuple):
    """One request, as it was sent; ``host`` is empty if it went to the engine."""

    method: str
    target: str
    host: str
    accept: str

    @property
    def url(self) -> str:
        """Where to send it again."""
        until = f"&until={int(time.time())}" if ENDS_WITH_US in self.target else ""
        return f"http://{self.host}{self.target}" if self.host else self.target + until


def sent(look: Callable[[], object]) -> list[Request] | None:
    """What this look sends; None from an earlier labcheck, which leaves that to libraries."""
    try:
        from labcheck.observe.http.connection import Connection  # noqa: PLC0415 - an earlier labcheck has none
    except ImportError:
        return None
    found: list[Request] = []
    ask = Connection.ask

    def recording(self: Connection, asked: bytes, wait: Callable[[], float]) -> None:
        first, *lines = asked.decode("ascii").rstrip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        is_engine = self.sock.family == socket.AF_UNIX
        found.append(Request(method, target, "" if is_engine else headers["Host"], headers.get("Accept", "*/*")))
        ask(self, asked, wait)

    with patch.object(Connection, "ask", recording):
        look()
    return found


def repeat(engine: Any, registry: Any, requests: list[Request]) -> None:  # noqa: ANN401 - docker's client and urllib3's
    """Send each, and read its answer, before the next."""
    for request in requests:
        if request.host:
            registry.request(request.method, request.url, headers={"Accept": request.accept}, redirect=False)
        else:
            answer = engine.get(engine.base_url + request.url)
            answer.content if ENDS_WITH_US in request.url else answer.json()
