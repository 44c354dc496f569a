"""The page's port: the same for a home at each start, so that a tab that was left open finds the course again."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.files import PRIVATE, write_whole
from labcheck.home import home
from labcheck.owner import behind_sudo


def taken(port: int) -> socket.socket:
    """A socket that listens on this port; for 0 on that of the last start, or on any free one if that is in use.

    Raises ``SandboxError``.
    """
    from labcheck.sandbox.outside.relay import listening  # noqa: PLC0415 - it exists only on Linux and macOS

    with suppress(SandboxError):
        return listening(port or last())
    return listening(port)


def last() -> int:
    """The port of the last start; 0 if it is not known."""
    with suppress(ValueError, OSError):
        return int(_path().read_text(encoding="ascii"))
    return 0


def keep(port: int) -> None:
    """Remember the port for the next start; where that cannot be written, the next one has another port."""
    with suppress(OSError):
        write_whole(_path(), str(port).encode(), mode=PRIVATE, owner=behind_sudo())


def _path() -> Path:
    return home() / "port"
