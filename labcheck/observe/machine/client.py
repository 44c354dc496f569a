"""The ``docker`` command that a learner will type: whether it is there, whether it works and reaches the engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from labcheck.cause import NotInstalled, TimedOut
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

NOWHERE = "unix:///dev/null"
"""An engine that is not there, so that the command has nobody to wait for."""
PLACEHOLDER = "WSL integration"
"""What Docker Desktop puts in the place of ``docker`` where it is switched off speaks of this."""
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


def client(path: str, deadline: Deadline) -> Evidence[Client]:
    """The first ``docker`` on this PATH."""
    program = shutil.which("docker", path=path)
    if program is None:
        return Absent()
    # What variables choose may be broken; that is looked at by itself.
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


def complaint(path: str, deadline: Deadline) -> str:
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
            timeout=deadline.left * HASTE,  # before we go, so that it does not stay behind
            check=False,
            start_new_session=True,  # without a terminal, it cannot ask for a password
        )
    except subprocess.TimeoutExpired:
        raise CannotLook(f"{command[0]} did not answer in time.", TimedOut(deadline.seconds)) from None
