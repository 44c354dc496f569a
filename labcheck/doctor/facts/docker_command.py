"""The ``docker`` command that a learner will type: whether it is there, works, and reaches the engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from labcheck.cause import NotInstalled, TimedOut
from labcheck.doctor.advice.install import BY_DOCKER, install
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen, warning
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.facts.programs import path
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found, Unknown

NOWHERE = "unix:///dev/null"
"""An engine that does not exist, so that the command waits for nobody."""
PLACEHOLDER = "WSL integration"
"""Docker Desktop's replacement for ``docker``, where it is switched off, mentions this."""
SECRET = re.compile(r"(?<=//)[^/\s]*@")
HASTE = 0.9
PREFIX = "Error response from daemon: "
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Client:
    """The command's own version, and the newest version of the API that it speaks; or why it does not work."""

    version: str
    api: str
    is_podman: bool = False
    path: str = ""
    """Where it is, if it does not work."""


@fact("The docker command")
def client(look: Look) -> Evidence[Client]:
    """The first ``docker`` on the PATH."""
    return client_on(path(), look.deadline)


@fact()
def complaint(look: Look) -> Found[str]:
    """What ``docker`` itself says if it cannot talk to the engine; empty if it can."""
    look.value(engine_info)
    return Found(complaint_of(path(), look.deadline))


@rule(Need.COURSE)
def docker_command(machine: Machine) -> Conclusion | None:
    """In every mode the course is about typing this command."""
    name = "docker command"
    match machine[client]:
        case Absent():
            says = "There is no docker command here, and the course is about typing it."
            return problem(name, says, *install(machine, ["docker"]))
        case Unknown(reason):
            return unseen(name, reason)
        case Found(it) if it.path:
            says = f"{it.path} does not work: it cannot say its version."
            return problem(name, says, "To see why:", "docker version")
        case Found(it) if it.is_podman:
            says = "It is Podman's imitation, which prints and does some things differently."
            return warning(name, says, BY_DOCKER)
        case Found(it):
            return good(name, f"Version {it.version} (API {it.api}).")


def client_on(path: str, deadline: Deadline) -> Evidence[Client]:
    """The first ``docker`` on this PATH."""
    program = shutil.which("docker", path=path)
    if program is None:
        return Absent()
    # What the variables choose can be broken; another rule is about that.
    own = {name: value for name, value in os.environ.items() if not name.startswith("DOCKER_")}
    try:
        said = _asked([program, "--host", NOWHERE, "version", "--format", "{{json .Client}}"], own, deadline)
    except OSError:
        return Found(Client("", "", path=program))
    if "podman" in (said.stdout + said.stderr).lower():
        return Found(Client("", "", is_podman=True))
    if PLACEHOLDER in said.stdout + said.stderr:
        return Absent()
    try:
        document: object = msgspec.json.decode(said.stdout.splitlines()[0])
    except (msgspec.DecodeError, IndexError):
        return Found(Client("", "", path=program))
    version = text(document, "Version")
    return Found(Client(version, text(document, "DefaultAPIVersion"), path="" if version else program))


def complaint_of(path: str, deadline: Deadline) -> str:
    """What ``docker`` says when it is asked for the engine's version as a learner would; empty if it is answered."""
    program = shutil.which("docker", path=path)
    if program is None:
        raise CannotLook("There is no docker command here.", NotInstalled())
    try:
        said = _asked([program, "version", "--format", "{{.Server.Version}}"], os.environ, deadline)
    except OSError:
        raise CannotLook(f"{program} cannot be run.", NotInstalled()) from None
    if said.returncode == 0:
        return ""
    last = next((line for line in reversed(said.stderr.splitlines()) if line.strip()), "It gave no reason.")
    return SECRET.sub("", " ".join(last.split()).removeprefix(PREFIX))[:LONGEST]


def _asked(
    command: Sequence[str], environment: Mapping[str, str], deadline: Deadline
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - the learner's own docker
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=deadline.left * HASTE,  # sooner than we stop waiting, so that it is not left running
            check=False,
            start_new_session=True,  # without a terminal, it cannot ask for a password
        )
    except subprocess.TimeoutExpired:
        raise CannotLook(f"{command[0]} did not answer in time.", TimedOut(deadline.seconds)) from None
