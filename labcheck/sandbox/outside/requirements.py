"""What a machine must have before a sandbox can be created there, each with a remedy.

It only looks; it installs nothing.
"""

from __future__ import annotations

import sys

from labcheck.errors import SandboxError
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside import lacking
from labcheck.sandbox.programs import PROGRAMS, require, search_path


def check(driver: Driver, *, uid: int, path: str) -> None:
    """Raise ``SandboxError`` for the first thing that is missing."""
    if sys.platform != "linux":
        raise SandboxError("A sandbox of this kind needs Linux.", "Run the course on Linux or in a Linux machine.")
    for name in PROGRAMS:
        require(name, search_path(path))
    if driver is not Driver.ROOTLESS and uid != 0:
        raise SandboxError("Only root can make a sandbox of this kind.", "Put sudo before the command.")
    if driver is Driver.ROOTLESS and uid == 0:
        raise SandboxError(
            "A sandbox without root is made by an ordinary user, and this is root.", "Leave out sudo, or log in as one."
        )
    if driver is Driver.ROOTLESS:
        lacking.check(search_path(path))
