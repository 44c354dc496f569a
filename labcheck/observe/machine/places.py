"""Where engines listen when it is not the usual place, and what those engines are called.

Whoever installs Colima or Rootless Docker has a socket in their home or below ``/run/user``, and a ``docker`` command
that looks for it in ``/var/run``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from labcheck.observe.deadline import Deadline
from labcheck.observe.machine.door import Knock, unix_door
from labcheck.observe.trouble import CannotLook

AT_HOME = (
    ".docker/run/docker.sock",
    ".docker/desktop/docker.sock",
    ".colima/docker.sock",
    ".colima/*/docker.sock",
    ".config/colima/*/docker.sock",
    ".rd/docker.sock",
    ".orbstack/run/docker.sock",
    ".lima/*/sock/docker.sock",
    ".local/share/containers/podman/machine/podman.sock",
    ".local/share/containers/podman/machine/*/podman.sock",
)
AT_RUN = ("/run/user/{uid}/docker.sock", "/run/user/{uid}/podman/podman.sock", "/run/podman/podman.sock")
_NAMES = (
    (re.compile(r"/\.(config/)?colima/"), "Colima"),
    (re.compile(r"/\.rd/"), "Rancher Desktop"),
    (re.compile(r"/\.orbstack/"), "OrbStack"),
    (re.compile(r"/\.lima/"), "Lima"),
    (re.compile(r"/\.docker/desktop/|^/Users/.*/\.docker/run/"), "Docker Desktop"),
    (re.compile(r"podman"), "Podman"),
    (re.compile(r"/run/user/\d+/docker\.sock$|/\.docker/run/"), "Rootless Docker"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A socket where somebody listens and where we may go in, and whose it is."""

    path: str
    name: str


def name(path: str) -> str:
    """The product whose socket this is, by where it lies; the empty string for the usual place and any other."""
    return next((name for pattern, name in _NAMES if pattern.search(path)), "")


def open_places(home: Path, run: str, deadline: Deadline) -> tuple[Place, ...]:
    """The engines that listen in another place than the usual one; ``run`` is the person's runtime folder."""
    paths = {str(path) for pattern in AT_HOME for path in home.glob(pattern)}
    paths |= {path.format(uid=os.getuid()) for path in AT_RUN} if hasattr(os, "getuid") else set()
    paths |= {f"{run}/docker.sock", f"{run}/podman/podman.sock"} if run else set()
    return tuple(Place(path, name(path)) for path in sorted(paths) if _is_open(path, deadline))


def _is_open(path: str, deadline: Deadline) -> bool:
    try:
        return Path(path).is_socket() and unix_door(path, deadline).knock is Knock.OPEN
    except (OSError, CannotLook):
        return False
