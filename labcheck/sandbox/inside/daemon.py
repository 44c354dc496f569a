"""The sandbox's own dockerd: how to start it, whether it is ready, and why it did not start.

It is a plain dockerd on the default socket. Only its paths and labels are set on the command line, so that the rest of
``/etc/docker/daemon.json`` is free for a learner.
"""

from __future__ import annotations

import re
import socket
import subprocess
from pathlib import Path

import msgspec

from labcheck.engine import BIRTH_LABEL, COURSE_LABEL
from labcheck.errors import SandboxError
from labcheck.home import opening
from labcheck.sandbox import cgroups
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.identity import Identity
from labcheck.sandbox.inside import port_driver
from labcheck.sandbox.inside.damage import damaged
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.places import DATA, ENGINE, PLACE, RUN, SOCKET
from labcheck.sandbox.programs import program
from labcheck.sandbox.trouble import no_room

PORT_DRIVER = PLACE / "rootlesskit"
"""Where an engine without root asks who publishes its ports."""
PATIENCE = 10


def configure(folder: Path, mirror: str) -> None:
    """Write the configuration, which a learner may change: ``docker pull`` asks the mirror inside first."""
    settings = {"registry-mirrors": [f"http://{mirror}"]}
    (folder / "daemon.json").write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")


def command(identity: Identity, group: int, driver: Driver) -> list[str]:
    """The command to start; besides root, this group may use its socket."""
    return [
        *_program(driver),
        f"--data-root={DATA / ENGINE}",
        f"--exec-root={RUN / 'docker'}",
        f"--pidfile={RUN / 'docker.pid'}",
        f"--host=unix://{SOCKET}",
        f"--group={group}",
        *(() if driver is Driver.ROOTLESS else _groups(identity)),
        f"--label={COURSE_LABEL}={identity.id}",
        f"--label={BIRTH_LABEL}={identity.born}",
    ]


def _program(driver: Driver) -> tuple[str, ...]:
    """The program; without root it is told that it is in a user namespace already, as rootlesskit would tell it."""
    dockerd = program("dockerd")
    if driver is not Driver.ROOTLESS:
        return (dockerd,)
    told = ["_DOCKERD_ROOTLESS_CHILD=1", f"XDG_RUNTIME_DIR={RUN}", "XDG_CONFIG_HOME=/etc"]
    if _version(dockerd) >= port_driver.ASKS:
        port_driver.answer_in(PORT_DRIVER)
        told.append(f"ROOTLESSKIT_STATE_DIR={PORT_DRIVER}")
    return "env", *told, dockerd, "--rootless"


def _version(dockerd: str) -> int:
    """Its major version; 0 if it does not say."""
    told = subprocess.run([dockerd, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - the engine's own program
    found = re.search(r"version (\d+)\.", told.stdout)
    return int(found[1]) if found else 0


def _groups(identity: Identity) -> tuple[str, ...]:
    """The control groups of its containers; without root there are none, since a user has none to share out."""
    return f"--cgroup-parent=/{cgroups.name(identity.id)}", "--exec-opt=native.cgroupdriver=cgroupfs"


def answers(path: Path) -> bool:
    """Whether an engine answers on this socket."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n")
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def did_not_start(log: str, data: str | None) -> SandboxError:
    """Why the engine did not come up."""
    if "no space left on device" in log:
        return no_room(data)
    if data is None:
        return SandboxError(f"The sandbox's engine did not start: {last_error(log)}.", "Try again.")
    return damaged(DATA, Path(data)) or SandboxError(
        f"The course's engine did not start: {last_error(log)}.",
        "Try again. If that does not help, its files in "
        f"{data} may be damaged. Your notebooks and the journal of your attempts are elsewhere, and are kept.\n"
        "To remove the engine's files (it first tells you what would be lost): labcheck sandbox remove\n"
        f"Then: {opening()}",
    )
