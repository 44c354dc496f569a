"""The sockets of the user's own engines, so that a sandbox can put its own engine in their place.

A ``DOCKER_HOST`` in ``.bashrc`` may name any of them. This only finds paths; it does not connect.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_COLUMNS = 8
"""In /proc/net/unix, the eighth column is the path that a socket was bound to (unix(7))."""
_AT_HOME = (
    ".docker/run/docker.sock",
    ".docker/desktop/docker.sock",
    ".colima/docker.sock",
    ".colima/*/docker.sock",
    ".lima/*/sock/docker.sock",
    ".orbstack/run/docker.sock",
    ".rd/docker.sock",
)


def bound(table: str) -> set[Path]:
    """The sockets named like an engine's, from the text of ``/proc/net/unix``."""
    rows = [line.split(maxsplit=_COLUMNS - 1) for line in table.splitlines()]
    return {Path(row[-1]) for row in rows if len(row) == _COLUMNS and row[-1].startswith("/") and _is_engine(row[-1])}


def engine_sockets(docker_host: str, homes: Iterable[Path]) -> list[Path]:
    """Every socket where one of the user's engines may listen, as seen outside a sandbox."""
    found = bound(Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace"))
    found.update(path for home in homes for pattern in _AT_HOME for path in home.glob(pattern))
    found.update(Path("/run/user").glob("*/docker.sock"))
    found.update(Path("/run/user").glob("*/podman/podman.sock"))
    if docker_host.startswith("unix:///"):
        found.add(Path(docker_host.removeprefix("unix://")))
    return sorted(filter(_is_there, found))


def _is_there(path: Path) -> bool:
    """Whether it is a socket that this user can reach; others' folders may be closed to them."""
    try:
        return path.is_socket()
    except OSError:
        return False


def _is_engine(path: str) -> bool:
    name = Path(path).name
    return name.endswith(".sock") and ("docker" in name or "podman" in name)
