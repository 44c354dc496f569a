"""What kind of machine this is: what can be started here, and how, depends on it."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from labcheck.home import MARK

CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""What Docker and Podman put into every container of theirs."""
NEWEST = 99


@dataclass(frozen=True, slots=True)
class System:
    """The operating system, and what it runs in. It is found out at once, so it is never unknown."""

    kind: str
    """``linux``, ``darwin`` or ``win32``, as Python says it."""
    hostname: str
    is_wsl: bool = False
    is_container: bool = False
    has_systemd: bool = False
    debian: int = 0
    """Debian's number; 0 elsewhere."""
    sandbox: str = ""
    """The sandbox of the course that this process is in, if it is in one."""


def system() -> System:
    """This machine."""
    return System(
        kind=sys.platform,
        hostname=platform.node(),
        is_wsl="microsoft" in platform.release().lower(),
        is_container=any(mark.exists() for mark in CONTAINER_MARKS) or "container" in os.environ,
        has_systemd=Path("/run/systemd/system").is_dir(),
        debian=_debian(),
        sandbox=os.environ.get(MARK, ""),
    )


def _debian() -> int:
    """Testing and unstable have no number yet: they are newer than any that has."""
    try:
        told = platform.freedesktop_os_release()
    except OSError:
        return 0
    number = told.get("VERSION_ID", "").partition(".")[0]
    return 0 if told.get("ID") != "debian" else int(number) if number.isdecimal() else NEWEST
