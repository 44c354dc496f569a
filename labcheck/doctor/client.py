"""Do labcheck, the ``docker`` command and the engine understand each other? Versions of Docker's API, and its store."""

from __future__ import annotations

from labcheck.doctor.engine import is_podman
from labcheck.doctor.way import good, problem, unseen, warning
from labcheck.document import items, text
from labcheck.engine import Info
from labcheck.observe.engine import NEWEST_API, OLDEST_API
from labcheck.observe.machine import Machine
from labcheck.render.doctor import Line
from labcheck.sandbox.requirements import PROGRAMS
from labcheck.snapshot import Absent, Found

INSTALL = PROGRAMS["docker"]
OF_CONTAINERD = "io.containerd.snapshotter"


def command(machine: Machine) -> Line:
    """The ``docker`` that a learner types."""
    seen, name = machine.client, "docker command"
    if isinstance(seen, Absent):
        return problem(name, "There is no docker command here, and the course is about typing it.", INSTALL)
    if not isinstance(seen, Found):
        return unseen(name, seen)
    client = seen.value
    if client.is_podman:
        return warning(name, "It is Podman's imitation, which prints and does some things differently.", INSTALL)
    least = _number(_said(machine, "MinAPIVersion"))
    if least and (0,) < _number(client.api) < least:
        wants = f"it speaks API {client.api}, and the engine wants {_written(least)} or newer"
        return warning(name, f"Version {client.version} is too old for this engine: {wants}.", INSTALL)
    return good(name, f"Version {client.version} (API {client.api}).")


def api(machine: Machine) -> tuple[Line, ...]:
    """Whether labcheck can talk to the engine; nothing if the engine did not say."""
    newest, least = _number(_said(machine, "ApiVersion")), _number(_said(machine, "MinAPIVersion"))
    if not newest:
        return ()
    engine, name = f"Docker {_said(machine, 'Version')} speaks API {_written(newest)}", "API version"
    if newest < OLDEST_API:
        remedy = "Update Docker Engine; its documentation says how: docs.docker.com/engine/install."
        return (problem(name, f"{engine}, and labcheck needs {_written(OLDEST_API)} (Docker 20.10).", remedy),)
    if least > NEWEST_API:
        says = f"{engine} and none older than {_written(least)}; labcheck knows {_written(NEWEST_API)}."
        return (warning(name, says, "Update labcheck. Until then it may misread this engine."),)
    both = "" if newest <= NEWEST_API else f"; labcheck uses {_written(NEWEST_API)} with it"
    return (good(name, f"{engine}{both}."),)


def store(machine: Machine) -> tuple[Line, ...]:
    """Where the engine keeps images; nothing if it did not say."""
    name = "image store"
    if not isinstance(machine.info, Found) or is_podman(machine):
        return ()
    info = machine.info.value
    driver = text(info, "Driver")
    if any(OF_CONTAINERD in str(row) for row in items(info, "DriverStatus")):
        if not Info(info).tells_of_pulls:
            says = "The containerd store of this engine does not tell of pulls and pushes, so labcheck sees less."
            return (warning(name, says, "Update Docker to version 25 or newer."),)
        return (good(name, f"Images are in the containerd store ({driver})."),)
    if driver == "vfs":
        says = "Images are kept by vfs, which copies each of them whole: slow, and large."
        return (warning(name, says, "Keep the engine's data on a local disk (ext4 or xfs)."),)
    return (good(name, f"Images are kept by {driver}."),) if driver else ()


def _said(machine: Machine, key: str) -> str:
    return text(machine.version.value, key) if isinstance(machine.version, Found) else ""


def _number(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdecimal() for part in parts) else ()


def _written(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
