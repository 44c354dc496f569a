"""A small engine on a socket in a folder: it answers what a test says, at the paths of Docker's API."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.loopback import Answer, Asked, Behaviour, Loopback, reply

TIME = 1_795_000_000_123_456_789
WRITTEN_TIME = "2026-11-18T11:06:40.123456789Z"
NOBODY = 65534
NO_SUCH = reply(404, {"message": "no such thing"})


class SmallEngine(Loopback):
    """``answers`` maps a path without its version to JSON, to bytes, or to a behaviour."""

    def __init__(self, folder: Path, api: str = "1.41", oldest: str = "1.12") -> None:
        self.path = folder / "docker.sock"
        self.answers: dict[str, object | bytes | Behaviour] = {
            "/version": {"ApiVersion": api, "MinAPIVersion": oldest},
            "/info": {"ID": "engine", "ServerVersion": "20.10.24", "SystemTime": WRITTEN_TIME},
            "/containers/json": [],
            "/images/json": [],
        }
        super().__init__(self._answer, path=self.path)

    @property
    def host(self) -> str:
        """What ``DOCKER_HOST`` must be to reach it."""
        return f"unix://{self.path}"

    @property
    def versions(self) -> set[str]:
        """The versions of the API it was asked in."""
        return {asked.target.split("/")[1] for asked in self.asked} - {"version", "_ping"}

    def times(self, path: str) -> int:
        """How often it was asked this."""
        return sum(_path(asked.target) == path for asked in self.asked)

    def _answer(self, asked: Asked, connection: socket.socket) -> Answer:
        answer = self.answers.get(_path(asked.target), NO_SUCH)
        if callable(answer):
            said: Answer = answer(asked, connection)
            return said
        return answer if isinstance(answer, bytes) else reply(200, json.dumps(answer))


@contextmanager
def somebody_without_rights() -> Iterator[None]:
    """Root may use every socket; so for a moment we are not root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def parameters(asked: Asked) -> dict[str, str]:
    """The request's parameters, each once."""
    return {key: values[0] for key, values in parse_qs(urlsplit(asked.target).query).items()}


def _path(target: str) -> str:
    path = unquote(urlsplit(target).path)
    return "/" + path.split("/", 2)[2] if path.startswith("/v1.") else path
