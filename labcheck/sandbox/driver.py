"""How a sandbox is made: by root, or by an ordinary user, in a user namespace of their own.

Inside, both are the same: the same engine, mirror and files. What differs is who root inside is. In a ``root`` sandbox
it is root of this machine; in a ``rootless`` one it is the user who started it, and can do nothing that they could not.
The users of containers are then ids that ``/etc/subuid`` and ``/etc/subgid`` reserve for that user.
"""

from __future__ import annotations

import os
from enum import StrEnum


class Driver(StrEnum):
    """Who root inside the sandbox is."""

    ROOT = "root"
    ROOTLESS = "rootless"

    @property
    def told(self) -> str:
        """Which one it is and why, in a line."""
        return TOLD[self]


TOLD = {
    Driver.ROOT: "Started as root, so the engine is root of this machine: whoever may use it can do all that root can.",
    Driver.ROOTLESS: "Started without root, so the engine is yours: what happens in it can reach only what you can.",
}


def chosen(name: str | None) -> Driver:
    """The one of this name; without a name, the usual one."""
    return Driver(name) if name else usual()


def usual() -> Driver:
    """The one that is used unless another is chosen."""
    return Driver.ROOT if os.geteuid() == 0 else Driver.ROOTLESS
