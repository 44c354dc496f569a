"""How a sandbox is made: by root, by an ordinary user in a user namespace of their own, or in a container.

Inside, both are the same: the same engine, mirror and files. What differs is who root inside is. In a ``root`` sandbox
it is root of this machine; in a ``rootless`` one it is the user who started it, and can do nothing that they could not.
The users of containers are then ids that ``/etc/subuid`` and ``/etc/subgid`` reserve for that user.

Where only a Docker engine is at hand, a ``container`` of it is the machine, with Linux, root and all programs in it;
there, root makes the sandbox. Its network is the container's, and root inside is root of the container.
"""

from __future__ import annotations

from enum import StrEnum

from labcheck.owner import is_root


class Driver(StrEnum):
    """Who root inside the sandbox is."""

    ROOT = "root"
    ROOTLESS = "rootless"
    CONTAINER = "container"

    @property
    def shares_network(self) -> bool:
        """Whether its network is that of the machine it is made on, which is a container of ours."""
        return self is Driver.CONTAINER

    @property
    def told(self) -> str:
        """Which one it is and why, in a line."""
        return TOLD[self]


TOLD = {
    Driver.ROOT: "Started as root, so the engine is root of this machine: whoever may use it can do all that root can.",
    Driver.ROOTLESS: "Started without root, so the engine is yours: what happens in it can reach only what you can.",
    Driver.CONTAINER: "It runs in a container of your Docker engine, and of your files it sees only your notebooks.",
}


def chosen(name: str | None) -> Driver:
    """The one of this name; without a name, the usual one."""
    return Driver(name) if name else usual()


def usual() -> Driver:
    """The one that is used on Linux unless another is chosen."""
    return Driver.ROOT if is_root() else Driver.ROOTLESS
