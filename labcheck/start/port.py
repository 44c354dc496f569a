"""The page's port: the same for a home at each start, so that a tab that was left open finds the course again."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.files import PRIVATE, write_whole
from labcheck.home import home
from labcheck.owner import behind_sudo
from labcheck.sandbox.outside.relay import listening


def taken(port: int) -> socket.socket:
    """A socket that listens on this port; for 0 on that of the last start, or on any free one if that is in use.

    Raises ``SandboxError``.
    """
    if port == 0:
        with suppress(SandboxError, ValueError, OSError):
            return listening(int(_path().read_text(encoding="ascii")))
    return listening(port)


def keep(port: int) -> None:
    """Remember the port for the next start; where that cannot be written, the next one has another port."""
    with suppress(OSError):
        write_whole(_path(), str(port).encode(), mode=PRIVATE, owner=behind_sudo())


def _path() -> Path:
    return home() / "port"
