"""By which driver the course is opened where nobody chose one, and why.

A sandbox on this machine comes first. Only where neither root nor an ordinary user can make one is it a container of
the learner's Docker engine, if one answers.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from labcheck.errors import SandboxError
from labcheck.observe.engine.inventory import inventory
from labcheck.sandbox.driver import Driver, usual
from labcheck.snapshot import Found

PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The driver, and in a line which it is and why."""

    driver: Driver
    told: str
    instead: str = ""
    """How a sandbox could be made here instead, where it cannot be now."""


def choice(name: str | None) -> Choice:
    """The driver of this name; without a name, the one that is best here. Raises nothing: refusals come later."""
    if name:
        return Choice(Driver(name), Driver(name).told)
    why = _lacking()
    if why and (sys.platform != "linux" or isinstance(inventory(timeout=PATIENCE), Found)):
        return Choice(Driver.CONTAINER, f"{why} {Driver.CONTAINER.told}", f"For a sandbox instead: {why.remedy}")
    return Choice(usual(), usual().told)


def _lacking() -> SandboxError | None:
    """Why no sandbox can be made on this machine, neither by root nor by this user; ``None`` if one can."""
    if sys.platform != "linux":
        return SandboxError("A sandbox of its own needs Linux.", "Run the course on Linux or in a Linux machine.")
    from labcheck.sandbox.outside import requirements  # noqa: PLC0415 - it exists only on Linux

    try:
        requirements.check(usual(), uid=os.geteuid(), path=os.environ.get("PATH", ""))
    except SandboxError as error:
        return error
    return None
