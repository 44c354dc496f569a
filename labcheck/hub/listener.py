"""Where a learner's server listens for the hub's proxy: a socket in a folder of root's.

The hub opens it before the learner's process is started, and hands it over, open. So no other user of the machine can
connect to it, and the learner cannot put something else in its place, to which the proxy, as root, would then connect.
"""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import quote

PORT = ":80"
"""JupyterHub adds the usual port to an address without one before it tells the proxy, which then takes it for a part of
the file's name."""


def opened(path: Path) -> socket.socket:
    """A socket that listens at this path; what an earlier server left there is replaced. Raises ``OSError``."""
    removed(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o600)
    _for_proxy(path).symlink_to(path.name)
    listener.listen()
    return listener


def removed(path: Path) -> None:
    """Remove it. Connections that are open go on."""
    for one in (path, _for_proxy(path)):
        one.unlink(missing_ok=True)


def address(path: Path) -> str:
    """Its address, as JupyterHub and its proxy read it."""
    return f"http+unix://{quote(str(path), safe='')}"


def _for_proxy(path: Path) -> Path:
    return path.with_name(f"{path.name}{PORT}")
