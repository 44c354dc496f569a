"""The wall of a hub's class, as a service of the hub: an administrator writes ``wall(c)`` beside ``local(c)``."""

from __future__ import annotations

import sys
from pathlib import Path

from traitlets.config import Config

from labcheck.hub.settings import FOLDER, add_service

PROXY = "http://127.0.0.1:8000"
"""Where a hub's proxy listens, usually."""
SCOPES = ["list:users", "read:servers", "access:servers"]
"""It asks who is there, and then each of their servers where they are."""


def wall(c: Config, *, proxy: str = PROXY, port: int = 8808, folder: Path = FOLDER) -> None:
    """Show the class on a wall at ``/services/wall/``, to administrators and to whoever has ``access:services``.

    ``proxy`` is the hub's own address; ``port`` one of this machine's loopback that is free; ``folder`` the hub's.
    """
    add_service(
        c,
        "wall",
        [sys.executable, "-P", "-m", "labcheck", "wall", "--hub", proxy],
        SCOPES,
        url=f"http://127.0.0.1:{port}",
        environment={"LABCHECK_HOME": str(folder / "wall")},
        oauth_no_confirm=True,
    )
