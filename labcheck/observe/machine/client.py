"""The ``docker`` command that a learner will type: whether it is there, its version, and whether it is Docker's."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

import msgspec

from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

NOWHERE = "unix:///dev/null"
"""An engine that is not there, so that the command has nobody to wait for."""


@dataclass(frozen=True, slots=True)
class Client:
    """The command's own version, and the newest version of the API that it speaks."""

    version: str
    api: str
    is_podman: bool = False


def client(path: str, deadline: Deadline) -> Evidence[Client]:
    """The first ``docker`` on this PATH."""
    program = shutil.which("docker", path=path)
    if program is None:
        return Absent()
    try:
        said = subprocess.run(  # noqa: S603 - asks the learner's own docker for its version
            [program, "--host", NOWHERE, "version", "--format", "{{json .Client}}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=deadline.left,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotLook(f"{program} did not say its version in time.") from None
    except OSError as error:
        raise CannotLook(f"{program} cannot be run: {error.strerror}.") from None
    if "podman" in (said.stdout + said.stderr).lower():
        return Found(Client("", "", is_podman=True))
    try:
        document: object = msgspec.json.decode(said.stdout.splitlines()[0])
    except (msgspec.DecodeError, IndexError):
        raise CannotLook(f"{program} did not say its version.") from None
    return Found(Client(text(document, "Version"), text(document, "DefaultAPIVersion")))
