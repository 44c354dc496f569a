"""Do labcheck, the ``docker`` command and the engine understand each other? Versions of Docker's API, and its store."""

from __future__ import annotations

from labcheck.doctor.engine import is_podman
from labcheck.doctor.installing import BY_DOCKER, install
from labcheck.doctor.way import Way, good, problem, unseen, warning
from labcheck.document import items, text
from labcheck.engine import Info
from labcheck.observe.engine.version import NEWEST_API, OLDEST_API
from labcheck.observe.machine import Client, Machine
from labcheck.render.doctor import Line
from labcheck.snapshot import Absent, Found

WITHOUT_TRUST = 29
"""The docker command that no longer asks for signed images."""
OF_CONTAINERD = "io.containerd.snapshotter"


def command(machine: Machine) -> Line:
    """The ``docker`` that a learner types."""
    seen, name = machine.client, "docker command"
    if isinstance(seen, Absent):
        remedy = install(machine, ["docker"])
        says = "There is no docker command here, and the course is about typing it."
        return problem(name, says, remedy.text, *remedy.commands)
    if not isinstance(seen, Found):
        return unseen(name, seen)
    client = seen.value
    if client.path:
        return problem(
            name, f"{client.path} does not work: it cannot say its version.", "To see why:", "docker version"
        )
    if client.is_podman:
        says = "It is Podman's imitation, which prints and does some things differently."
        return warning(name, says, BY_DOCKER)
    return good(name, f"Version {client.version} (API {client.api}).")


def talk(machine: Machine) -> tuple[Line, ...]:
    """Whether the learner's ``docker`` reaches this engine; nothing where it does, or where there is none to reach."""
    client = machine.client.value if isinstance(machine.client, Found) else None
    if client is None or client.is_podman or client.path or not isinstance(machine.info, Found):
        return ()
    seen, name = machine.complaint, "docker to engine"
    if not isinstance(seen, Found):
        return (unseen(name, seen),)
    if seen.value:
        return (_deaf(machine, client, seen.value),)
    if "DOCKER_CONTENT_TRUST" in machine.variables and (0,) < _number(client.version)[:1] < (WITHOUT_TRUST,):
        says = "DOCKER_CONTENT_TRUST is set, so docker wants signed images, and the labs' are not signed."
        return (problem(name, says, "For the labs:", "unset DOCKER_CONTENT_TRUST"),)
    return ()


def _deaf(machine: Machine, client: Client, said: str) -> Line:
    name = "docker to engine"
    if "DOCKER_API_VERSION" in machine.variables:
        says = f"DOCKER_API_VERSION has docker speak in a way that this engine does not understand: {said}"
        return problem(name, says, "To let the two agree by themselves:", "unset DOCKER_API_VERSION")
    least = _number(_said(machine, "MinAPIVersion"))
    if least and (0,) < _number(client.api) < least:
        wants = f"it speaks API {client.api}, and the engine wants {_written(least)} or newer"
        return problem(name, f"docker {client.version} is too old for this engine: {wants}.", BY_DOCKER)
    says = f"docker cannot talk to this engine, though labcheck can. It says: {said}"
    return problem(name, says, "To see it for yourself:", "docker version")


def platform(machine: Machine, way: Way) -> tuple[Line, ...]:
    """Whether images are pulled for this engine; nothing where nobody chose otherwise."""
    its = f"{_said(machine, 'Os')}/{_said(machine, 'Arch')}"
    if way is Way.SANDBOX or not machine.platform or its == "/" or f"{machine.platform}/".startswith(f"{its}/"):
        return ()
    says = f"DOCKER_DEFAULT_PLATFORM is {machine.platform}, and this engine is {its}: what is pulled may not run."
    return (warning("platform", says, "For the labs:", "unset DOCKER_DEFAULT_PLATFORM"),)


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
