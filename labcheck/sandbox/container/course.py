"""The course's container in the learner's engine: found by its label, made, asked, ended, removed.

The engine itself is the lock: a container's name is given once. So nothing here depends on processes of the learner's
machine, and a container whose ``labcheck start`` was killed is taken over by the next.
"""

from __future__ import annotations

import io
import os
import tarfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labcheck.document import field, items, mapping, number, text
from labcheck.errors import SandboxError
from labcheck.sandbox.container.places import TOKEN
from labcheck.sandbox.container.settings import FOLDER, LABEL, PAGE, Wanted, settings, volumes

if TYPE_CHECKING:
    from docker import APIClient

GRACE = 20
"""For how many seconds the course may take to end itself, JupyterLab and its engine."""
TAKEN = ("port is already allocated", "address already in use", "ports are not available")
"""How Docker says that a port cannot be published."""
CONFLICT, GONE = 409, 404


@dataclass(frozen=True, slots=True)
class State:
    """How the container stands."""

    id: str
    is_running: bool
    code: int
    """The exit code of its first process, once it has ended."""
    port: int
    """Where its page is published, while it runs."""
    folder: str
    """The learner's folder, as it was asked for."""


@dataclass(frozen=True, slots=True)
class Data:
    """The volume with the engine's data, and how many bytes that takes; negative if the engine did not say."""

    volume: str
    size: int


def find(docker: APIClient, home: str) -> State | None:
    """The container of this home, running or not; ``None`` if there is none."""
    for container in docker.containers(all=True, filters={"label": f"{LABEL}={home}"}):
        return state(docker, container["Id"])
    return None


def state(docker: APIClient, container: str) -> State | None:
    """How the container with this ID stands; ``None`` if it is gone."""
    from docker.errors import NotFound  # noqa: PLC0415 - importing the SDK takes 0.1 s

    try:
        seen = docker.inspect_container(container)
    except NotFound:
        return None
    published = items(mapping(seen, "NetworkSettings", "Ports"), PAGE)
    port = text(published[0], "HostPort") if published else ""
    runs = field(seen, "State", "Running") is True
    folder = text(seen, "Config", "Labels", FOLDER)
    return State(text(seen, "Id"), runs, number(seen, "State", "ExitCode"), int(port or 0), folder)


def made(docker: APIClient, wanted: Wanted) -> State:
    """Make the container and start it; one that another start has just made is taken. Raises ``SandboxError``."""
    from docker.errors import APIError  # noqa: PLC0415 - importing the SDK takes 0.1 s

    try:
        asked = settings(wanted, dict(os.environ))
        container = docker.create_container_from_config(asked, wanted.name)["Id"]  # type: ignore[no-untyped-call]
        docker.start(container)
    except APIError as error:
        if error.status_code == CONFLICT and (other := find(docker, wanted.home)):
            return other
        _remove(docker, find(docker, wanted.home))
        raise
    found = state(docker, container)
    if found is None:
        raise SandboxError("The course's container was removed as it began.", "Try again.")
    return found


def is_port_taken(error: Exception) -> bool:
    """Whether this is Docker's message that the page's port cannot be published."""
    return any(words in str(error).lower() for words in TAKEN)


def token(docker: APIClient, its: State) -> str:
    """The page's token once the page answers; empty before."""
    from docker.errors import NotFound  # noqa: PLC0415 - importing the SDK takes 0.1 s

    try:
        pieces, _ = docker.get_archive(its.id, str(TOKEN))
    except NotFound:
        return ""
    with tarfile.open(fileobj=io.BytesIO(b"".join(pieces))) as tar:
        content = tar.extractfile(TOKEN.name)
        return content.read().decode("ascii") if content else ""


def end(docker: APIClient, home: str) -> State | None:
    """End the container gracefully and remove it; its volumes stay. Returns how it stood before it was removed."""
    from docker.errors import NotFound  # noqa: PLC0415 - importing the SDK takes 0.1 s

    found = find(docker, home)
    if found is None:
        return None
    with suppress(NotFound):
        docker.stop(found.id, timeout=GRACE)
    ended = state(docker, found.id)
    _remove(docker, found)
    return ended


def data(docker: APIClient, home: str) -> Data | None:
    """The volume with the engine's data, if it is there and ours."""
    name = volumes(home)[1]
    if not _is_ours(docker, name, home):
        return None
    for volume in items(docker.df(), "Volumes"):
        if text(volume, "Name") == name:
            return Data(name, number(volume, "UsageData", "Size"))
    return Data(name, -1)


def remove_data(docker: APIClient, home: str) -> None:
    """Remove the engine's data. The learner's home, with the journal, stays."""
    name = volumes(home)[1]
    if _is_ours(docker, name, home):
        docker.remove_volume(name)


def containers(docker: APIClient, its: State) -> int | None:
    """How many containers run in its engine; ``None`` if that cannot be told."""
    told: Any = docker.top(its.id, ps_args="-eo pid,comm")
    return sum(1 for row in told["Processes"] if row[-1].startswith("containerd-shim"))


def _is_ours(docker: APIClient, volume: str, home: str) -> bool:
    from docker.errors import NotFound  # noqa: PLC0415 - importing the SDK takes 0.1 s

    try:
        return text(docker.inspect_volume(volume), "Labels", LABEL) == home
    except NotFound:
        return False


def _remove(docker: APIClient, found: State | None) -> None:
    from docker.errors import APIError  # noqa: PLC0415 - importing the SDK takes 0.1 s

    if found is None:
        return
    try:
        docker.remove_container(found.id, force=True)
    except APIError as error:
        if error.status_code not in {GONE, CONFLICT}:  # another process is removing it
            raise
