"""Checks on volumes: where a registry keeps what was pushed, and whether it is still there."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.container_options import nobody_looked
from labcheck.engine import Container
from labcheck.oci import Stored
from labcheck.past import Past
from labcheck.query import ContainerNamed, Query, StoredAt, VolumeNamed
from labcheck.snapshot import Found, Unknown
from labcheck.verdict import Finding, Fix

REGISTRYS: Final = "/var/lib/registry"
"""Where the registry's image keeps what was pushed, unless it is told otherwise."""
ANONYMOUS: Final = re.compile(r"[0-9a-f]{64}")
"""The name that the engine makes up for a volume that was given none."""


class VolumeMounted(Check, frozen=True, kw_only=True, tag="volume-mounted"):
    """The container has a volume with a name at this folder: any, or the one that is given."""

    name: str
    folder: str = REGISTRYS
    volume: str | None = None

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.name} keeps {self.folder} in {self._wanted}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container."""
        return (ContainerNamed(self.name),)

    def judge(self, past: Past) -> Finding:
        """Pass if the volume there has a name that somebody gave it, and that name if one is given."""
        expected = f"{self._wanted} at {self.folder}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                named = named_volume(container, self.folder)
                if not named:
                    return failed(expected, kept(container, self.folder))
                actual = f"it is in the volume {named}"
                return passed(actual) if self.volume in {None, named} else failed(expected, actual)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """No event of a container mentions its volumes."""
        return nobody_looked(past, self.name, "its volumes")

    @property
    def _wanted(self) -> str:
        return f"the volume {self.volume}" if self.volume else "a volume with a name"


class VolumeKept(Check, frozen=True, kw_only=True, tag="volume-kept"):
    """The container was replaced, and the registry in the new one still holds the image, thanks to its named volume."""

    name: str
    image: str
    folder: str = REGISTRYS

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} survived that {self.name} was replaced"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container, and what its registry holds."""
        return ContainerNamed(self.name), StoredAt(self.image)

    def judge(self, past: Past) -> Finding:
        """Pass if it is there, whole, in a named volume, and was last pushed before this container was made."""
        expected = f"{self.image}, pushed before {self.name} was replaced"
        match past.now(ContainerNamed(self.name)), past.now(StoredAt(self.image)):
            case (Unknown() as unknown, _):
                return unseen(expected, unknown)
            case (Found(container), _) if not named_volume(container, self.folder):
                return failed(expected, kept(container, self.folder))
            case (Found(), Unknown() as unknown):
                return unseen(expected, unknown)
            case (Found(container), Found(stored)):
                return self._replaced(past, container, stored, expected)
            case (Found(), _):
                return failed(expected, "the registry holds nothing of that name and tag")
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def _replaced(self, past: Past, container: Container, stored: Stored, expected: str) -> Finding:
        if stored.missing:
            return failed(expected, f"it is there, but {len(stored.missing)} of its parts are missing")
        since, push = trace.created(past, container), trace.pushed(past, self.image)
        gone = trace.destroyed(past, self.name)
        if gone is None or gone.at > since:
            return failed(expected, f"{self.name} is still the first container of that name")
        if push and push.at > since:
            return failed(expected, f"it was pushed after {self.name} was made, so nothing needed to be kept yet")
        return passed("it is still there")


class VolumeAbsent(Check, frozen=True, kw_only=True, tag="volume-absent"):
    """There is no volume of this name."""

    demands_absence: ClassVar[bool] = True

    volume: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The volume {self.volume} is removed"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The volume."""
        return (VolumeNamed(self.volume),)

    def judge(self, past: Past) -> Finding:
        """Pass if the engine has none of that name."""
        expected = f"no volume called {self.volume}"
        match past.now(VolumeNamed(self.volume)):
            case Found():
                return failed(expected, "it is still there")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed(f"there is no volume called {self.volume}")

    def fix(self, past: Past) -> Fix:
        """Remove it, if it is there."""
        return (
            Fix((f"docker volume rm {self.volume}",))
            if isinstance(past.now(VolumeNamed(self.volume)), Found)
            else Fix()
        )


def named_volume(container: Container, folder: str) -> str:
    """The named volume that the container has at this folder; the empty string if it has none there."""
    names = (name for name, place in container.volumes if place == folder)
    return next((name for name in names if not ANONYMOUS.fullmatch(name)), "")


def kept(container: Container, folder: str) -> str:
    """Where what is in this folder is kept instead."""
    if any(place == folder for _, place in container.volumes):
        return "its volume has no name, so the next container will not find it"
    if folder in container.bound:
        return "it is in a folder of this computer, not in a volume"
    others = ", ".join(place for name, place in container.volumes if not ANONYMOUS.fullmatch(name))
    return f"there is no volume; {others} has one" if others else "there is no volume"
