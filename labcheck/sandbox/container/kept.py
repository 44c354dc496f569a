"""The course's container and its volumes, for ``labcheck sandbox status``, ``down`` and ``remove``.

Only a home that has agreed to a container asks the learner's engine; inside a sandbox nobody does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from labcheck.errors import SandboxError
from labcheck.home import MARK
from labcheck.sandbox.container import course, engine, record
from labcheck.sandbox.container.course import Data
from labcheck.sandbox.container.settings import volumes

SOON = 10
"""For how many seconds the engine may take to answer what is only listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The container that runs, and how many containers run in its engine; ``None`` if that cannot be told."""

    name: str
    volume: str
    containers: int | None


def status() -> Listed | None:
    """The container, if it runs. Raises ``SandboxError`` if the engine does not answer."""
    home = _home()
    if not home:
        return None
    with engine.reached(SOON) as docker:
        its = course.find(docker, home)
        if its is None or not its.is_running:
            return None
        return Listed(f"labcheck-{home}", volumes(home)[1], course.containers(docker, its))


def down() -> Listed | None:
    """End the container and remove it; its volumes stay. Returns what was ended. Raises ``SandboxError``."""
    running, home = status(), _home()
    if home:
        with engine.reached() as docker:
            course.end(docker, home)
    return running


def data() -> Data | None:
    """The volume with the engine's data, if there is one. Raises ``SandboxError``, also while it is used."""
    home = _home()
    if not home:
        return None
    if status():
        raise SandboxError("The course's container is running.", "labcheck sandbox down ends it, but keeps its data.")
    with engine.reached() as docker:
        return course.data(docker, home)


def remove() -> None:
    """Remove the engine's data, for good; the learner's home stays. Raises ``SandboxError``."""
    with engine.reached() as docker:
        course.end(docker, _home())
        course.remove_data(docker, _home())


def _home() -> str:
    return "" if os.environ.get(MARK) else record.read()
