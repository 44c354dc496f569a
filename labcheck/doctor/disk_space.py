"""How much room there is in a folder, and how that is said."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from labcheck.cause import Unreadable
from labcheck.doctor.conclusion import Conclusion, warning
from labcheck.observe.trouble import CannotLook
from labcheck.sandbox.proc import mounts
from labcheck.sandbox.trouble import ENOUGH
from labcheck.snapshot import Absent, Evidence, Found

PLENTY = 2 * ENOUGH
"""Bytes: with this many, nobody has to think of room."""
MEGA, GIGA = 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Room:
    """A folder, the bytes that are free where it is, the filesystem, and whether this person may write there."""

    folder: str
    free: int
    writable: bool = True
    filesystem: str = ""
    is_folder: bool = True
    """If not, a file is in its place."""


def room(folder: Path) -> Evidence[Room]:
    """The room in a folder, or in the one where it would be created; absent where we may not look into it."""
    try:
        place = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(place).free
        is_folder = place.is_dir()
    except PermissionError:
        return Absent()
    except OSError as error:
        raise CannotLook(f"The disk of {folder} cannot be looked at: {error.strerror}.", Unreadable()) from None
    writable = is_folder and os.access(place, os.W_OK | os.X_OK)
    return Found(Room(str(folder), free if _has_entries(place) else 0, writable, _filesystem(place), is_folder))


def tight(name: str, room: Room) -> Conclusion | None:
    """A warning where there is only just enough room; nothing where there is plenty."""
    if room.free >= PLENTY:
        return None
    says = f"Only {amount(room.free)} are free in {room.folder}; that is enough to begin with."
    return warning(name, says, "Free some space there before long.")


def amount(size: int) -> str:
    """A number of bytes, as people say it."""
    if size >= GIGA:
        return f"{size / GIGA:.0f} GB" if size >= 10 * GIGA else f"{size / GIGA:.1f} GB"
    return f"{size // MEGA} MB"


def _has_entries(place: Path) -> bool:
    """Whether there is room for the names of further files; a disk can run out of those first."""
    if not hasattr(os, "statvfs"):
        return True
    disk = os.statvfs(place)
    return disk.f_files == 0 or disk.f_favail > 0


def _filesystem(place: Path) -> str:
    """The kind of filesystem: that of the innermost mount that the place is in."""
    real, kinds = place.resolve(), dict(mounts())
    return next((kinds[path] for path in (real, *real.parents) if path in kinds), "")
