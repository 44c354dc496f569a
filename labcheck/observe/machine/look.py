"""The look at a machine: everything at once, under one deadline. It changes nothing, and it never raises."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from labcheck.cause import NotAsked
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.contexts import contexts
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.http.client import Client
from labcheck.observe.machine import engine
from labcheck.observe.machine.chosen import Nowhere, chosen
from labcheck.observe.machine.client import client, complaint
from labcheck.observe.machine.door import Door, Knock, door
from labcheck.observe.machine.hub import hub
from labcheck.observe.machine.localhost import localhost
from labcheck.observe.machine.machine import Machine
from labcheck.observe.machine.person import person
from labcheck.observe.machine.places import open_places
from labcheck.observe.machine.port import listeners
from labcheck.observe.machine.proxies import proxies
from labcheck.observe.machine.room import Room, memory, room
from labcheck.observe.machine.settings import settings
from labcheck.observe.machine.software import software
from labcheck.observe.machine.system import system
from labcheck.observe.machine.trial import cgroups, trial
from labcheck.observe.registry.api import Registry
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.query import Ping, Pong
from labcheck.snapshot import Absent, Evidence, Found, Unknown

T = TypeVar("T")

PORT = 5000
"""The port of every registry in the course's first labs."""
VARIABLES = ("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_API_VERSION", "DOCKER_CONTENT_TRUST")
"""What chooses an engine, or how it is talked to, and can be unset."""
OFF = frozenset({"0", "f", "F", "false", "False", "FALSE"})
"""What Docker reads as "off"."""


@dataclass(frozen=True, slots=True)
class Course:
    """What of the course is looked for on a machine, and where."""

    programs: tuple[str, ...]
    path: str
    """The PATH on which programs are looked for."""
    home: Path
    images: Callable[[], Evidence[int]]
    sandbox: str = ""
    source: str = ""


def look(course: Course, seconds: float) -> Machine:
    """The machine as it is, after at most so many seconds."""
    deadline = Deadline(seconds)
    # Several threads need it at once, and a package that is half imported by one breaks the others.
    import docker.context  # noqa: F401, PLC0415 - takes a tenth of a second; who does not look does not pay

    looking = _Looking(course, deadline)
    with Client(deadline) as requests:
        asking = {name: _started(job) for name, job in looking.jobs().items()}
        asking |= {**looking.begun, "pong": _started(lambda: _pong(requests))}
        seen: dict[str, Any] = {
            name: one.wait(deadline.left) or deadline.trouble(WHOM.get(name, "This machine")).unknown
            for name, one in asking.items()
        }
    return Machine(
        system=system(),
        proxies=proxies(os.environ),
        variables=frozenset(name for name in VARIABLES if _is_set(name)),
        platform=os.environ.get("DOCKER_DEFAULT_PLATFORM", ""),
        sandbox=course.sandbox,
        source=course.source,
        **seen,
    )


WHOM = {
    **dict.fromkeys(("endpoint", "contexts", "settings"), "The folder with Docker's settings"),
    **dict.fromkeys(("door", "version", "info", "publishing", "places"), "The Docker engine"),
    **dict.fromkeys(("home", "data"), "The disk"),
    "client": "The docker command",
    "hub": "Docker Hub",
    "person": "The user database",
    "pong": f"localhost:{PORT}",
}
"""Who kept us waiting, in a person's words."""


class _Looking:
    """One look while it goes on; what several questions need is asked once."""

    def __init__(self, course: Course, deadline: Deadline) -> None:
        self.course = course
        self.deadline = deadline
        self._endpoint = _started(chosen)
        self._door = _started(self._knock)
        self._info = _started(self._ask_info)
        self.begun = {"endpoint": self._endpoint, "door": self._door, "info": self._info}

    def jobs(self) -> Mapping[str, Callable[[], object]]:
        """What else is looked at: facts of :class:`Machine`, and how."""
        course, deadline = self.course, self.deadline
        return {
            "person": person,
            "software": software,
            "contexts": contexts,
            "places": lambda: open_places(Path.home(), os.environ.get("XDG_RUNTIME_DIR", ""), deadline),
            "version": self._version,
            "publishing": lambda: engine.publishing(PORT, deadline) if self._is_open() else (),
            "client": lambda: client(course.path, deadline),
            "complaint": self._complaint,
            "programs": lambda: frozenset(it for it in course.programs if shutil.which(it, path=course.path)),
            "trial": lambda: trial(course.path, deadline),
            "cgroups": cgroups,
            "listeners": lambda: listeners(PORT),
            "localhost": localhost,
            "settings": lambda: settings(os.environ.get("PATH", "")),
            "home": lambda: room(course.home),
            "spare": _spare,
            "data": self._data,
            "memory": memory,
            "hub": lambda: hub(deadline),
            "images": course.images,
        }

    def _chosen(self) -> Endpoint:
        found: Endpoint | Nowhere = _known(self._endpoint, self.deadline)
        if isinstance(found, Nowhere):
            raise CannotLook(found.reason, found.cause)
        return found

    def _knock(self) -> Evidence[Door]:
        return door(self._chosen(), self.deadline)

    def _is_open(self) -> bool:
        """Whether there is an engine to be asked; where there is no door to knock at, one may try."""
        seen = self._door.wait(self.deadline.left)
        return isinstance(seen, Absent) or (isinstance(seen, Found) and seen.value.knock is Knock.OPEN)

    def _version(self) -> object:
        if not self._is_open():
            raise CannotLook("The Docker engine does not answer.", NotAsked())
        return engine.version(self._chosen(), self.deadline)

    def _ask_info(self) -> object:
        # Also where the door is shut: the observers say why in the words that a look at a lab would have.
        return engine.info(self.deadline)

    def _complaint(self) -> str:
        _known(self._info, self.deadline)
        return complaint(self.course.path, self.deadline)

    def _data(self) -> Evidence[Room]:
        info = _known(self._info, self.deadline)
        folder = text(info, "DockerRootDir")
        here = text(info, "Name") == system().hostname
        return room(Path(folder)) if folder and here else Absent()


def _spare() -> Evidence[str]:
    """Another folder where the course's home could be; absent where none was found."""
    candidates = (Path.home() / "labcheck", Path(f"/var/tmp/labcheck-{os.geteuid()}"))  # noqa: S108 - it is only named
    rooms = [room(folder) for folder in candidates]
    return next((Found(it.value.folder) for it in rooms if isinstance(it, Found) and it.value.writable), Absent())


def _is_set(name: str) -> bool:
    value = os.environ.get(name, "")
    return bool(value) and not (name == "DOCKER_CONTENT_TRUST" and value in OFF)


def _started(job: Callable[[], Any]) -> Task[Evidence[Any]]:
    """The job, begun; what it answers becomes evidence, unless it is that already."""

    def answer() -> Evidence[Any]:
        seen = evidence(job)
        return seen if isinstance(seen, Found | Absent | Unknown) else Found(seen)

    return Task(answer)


def _known(asking: Task[Evidence[T]], deadline: Deadline) -> T:
    """What was asked, once it is there; raises :class:`CannotLook` where it is not."""
    seen = asking.wait(deadline.left)
    if isinstance(seen, Found):
        return seen.value
    raise CannotLook(seen.reason, seen.cause) if isinstance(seen, Unknown) else deadline.trouble("The Docker engine")


def _pong(requests: Client) -> Evidence[Pong]:
    domain = f"localhost:{PORT}"
    seen = Registry(domain, requests, {}).ping()
    return Found(Ping(domain).read(seen.value)) if isinstance(seen, Found) else seen
