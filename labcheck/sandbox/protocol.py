"""The messages between the process that starts a sandbox and the sandbox's first process: one JSON object per line.

They share one socket. The first process says hello, receives its setup, answers that everything is ready or why it is
not, and says at the end how the command ended.
"""

from __future__ import annotations

import socket
from typing import TypeAlias

import msgspec

from labcheck.ready import ready
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.identity import Identity

COURSE = "course"
"""The image source that needs no network: the course's own. Any other is the URL of a registry to cache."""
DEADLINE = 45.0
"""For how many seconds to wait for the other end; the engine has its own, shorter limit."""
_LINE = 1 << 24


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The first process, with its pid outside."""

    pid: int


class Setup(msgspec.Struct, frozen=True, tag=True):
    """What to prepare, and the command to run; without a command the sandbox runs until it is ended."""

    identity: Identity
    source: str
    data: str | None
    sockets: tuple[str, ...]
    resolver: str
    command: tuple[str, ...] = ()
    owner: tuple[int, int] = (0, 0)
    driver: Driver = Driver.ROOT


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The engine and the mirror answer."""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The command has ended, with this exit code in a shell's convention."""

    code: int


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The sandbox could not be prepared."""

    sentence: str
    remedy: str


Message: TypeAlias = Hello | Setup | Ready | Ended | Failed


class Channel:
    """One end of the socket between the two."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._unread = b""

    def send(self, message: Message) -> None:
        """Send a message."""
        self._connection.sendall(msgspec.json.encode(message) + b"\n")

    def receive(self, within: float) -> Message | None:
        """The next message, or ``None`` if the other end is gone; raises ``TimeoutError``."""
        self._connection.settimeout(within)
        while b"\n" not in self._unread:
            piece = self._connection.recv(_LINE)
            if not piece:
                return None
            self._unread += piece
        text, _, self._unread = self._unread.partition(b"\n")  # Ready and Ended of a quick command arrive at once
        message: Message = msgspec.json.decode(text, type=ready(Message))
        return message
