"""Where engines listen when it is not the usual place.

Whoever installs Colima or Rootless Docker has a socket in their home or below ``/run/user``, and a ``docker`` command
that looks for it in ``/var/run``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from labcheck.doctor.advice.products import product
from labcheck.doctor.facts.connection import Attempt, connected_to_socket
from labcheck.doctor.look import Look, fact
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.failures import WHO
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Found

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


@dataclass(frozen=True, slots=True)
class Socket:
    """A socket where somebody listens and that we may connect to, and which product it belongs to."""

    path: str
    product: str


@fact(WHO)
def other_sockets(look: Look) -> Found[tuple[Socket, ...]]:
    """The engines that listen elsewhere than in the usual place."""
    home, run = Path.home(), os.environ.get("XDG_RUNTIME_DIR", "")
    paths = {str(path) for pattern in AT_HOME for path in home.glob(pattern)}
    paths |= {path.format(uid=os.getuid()) for path in AT_RUN} if hasattr(os, "getuid") else set()
    paths |= {f"{run}/docker.sock", f"{run}/podman/podman.sock"} if run else set()
    return Found(tuple(Socket(it, product(it)) for it in sorted(paths) if _answers(it, look.deadline)))


def _answers(path: str, deadline: Deadline) -> bool:
    try:
        return Path(path).is_socket() and connected_to_socket(path, deadline).attempt is Attempt.CONNECTED
    except (OSError, CannotLook):
        return False
