"""Room on the disk and in memory, and the software that the course is made of."""

from __future__ import annotations

import shlex

from labcheck.doctor.way import Way, good, problem, unseen, warning
from labcheck.observe.machine import Machine, Room
from labcheck.render.doctor import Line
from labcheck.sandbox.trouble import ENOUGH
from labcheck.snapshot import Absent, Found, Unknown

JOURNAL = 16 * 1024**2
"""Bytes: with less, not even what a learner did can be written down."""
COMFORT = 2
"""So many times of what is needed at least, and nobody has to think of room."""
REMOTE = ("nfs", "cifs", "smb", "9p", "fuse", "vboxsf", "overlay", "aufs", "vfat", "exfat", "ecryptfs")
"""Filesystems, or beginnings of their names, on which the kernel's overlay cannot keep an engine's images."""
OLDEST_JUPYTERLAB, TOO_NEW = (4, 4), (5,)
MEGA, GIGA = 1024**2, 1024**3


def home(machine: Machine) -> Line:
    """The course's home, where the journal is; no way of running the course does without."""
    seen, name = machine.home, "disk"
    if isinstance(seen, Unknown):
        return unseen(name, seen)
    if isinstance(seen, Absent) or not seen.value.writable:
        folder = "the course's home" if isinstance(seen, Absent) else seen.value.folder
        is_file = isinstance(seen, Found) and not seen.value.is_folder
        says = f"{folder} cannot be a folder: a file is in the way." if is_file else f"You may not write in {folder}."
        return problem(name, says, *_elsewhere(machine))
    room = seen.value
    if room.free < JOURNAL:
        return problem(name, f"There is no room in {room.folder}.", "Free some space there.")
    return good(name, f"{_amount(room.free)} are free in {room.folder}.")


def _elsewhere(machine: Machine) -> tuple[str, ...]:
    if not isinstance(machine.spare, Found):
        return ("Set LABCHECK_HOME to a folder where you may.",)
    remedy = "Choose a folder where you may, for instance:"
    return remedy, f"export LABCHECK_HOME={shlex.quote(machine.spare.value)}"


def sandbox_room(machine: Machine) -> tuple[Line, ...]:
    """Whether a sandbox can keep its data in the course's home; nothing if all is well."""
    if not isinstance(machine.home, Found) or home(machine).remedy:
        return ()
    room, name = machine.home.value, "sandbox's disk"
    if room.free < ENOUGH:
        says = f"Only {_amount(room.free)} are free in {room.folder}, and a sandbox needs {ENOUGH // MEGA} MB."
        return (problem(name, says, "Free some space there, or set LABCHECK_HOME to a folder on a larger disk."),)
    if room.filesystem.startswith(REMOTE):
        says = f"{room.folder} is on {room.filesystem}, where an engine probably cannot keep images."
        return (warning(name, says, "Set LABCHECK_HOME to a folder on a local disk (ext4 or xfs)."),)
    return _tight(name, room)


def engine_room(machine: Machine, way: Way) -> tuple[Line, ...]:
    """Whether the engine has room for images; nothing if that cannot be seen from here."""
    if way is Way.SANDBOX or not isinstance(machine.data, Found):
        return ()
    room, name = machine.data.value, "engine's disk"
    if room.free < ENOUGH:
        says = f"Only {_amount(room.free)} are free in {room.folder}; a pull can fail for it."
        return (warning(name, says, "Free some space there. What images and containers take:", "docker system df"),)
    return _tight(name, room) or (good(name, f"{_amount(room.free)} are free in {room.folder}."),)


def memory(machine: Machine) -> Line:
    """Whether there is memory for an engine and JupyterLab."""
    seen, name = machine.memory, "memory"
    if not isinstance(seen, Found):
        return unseen(name, seen)
    if seen.value < ENOUGH:
        return warning(name, f"Only {_amount(seen.value)} are free.", "End some programs, or use a machine with more.")
    return good(name, f"{_amount(seen.value)} are free.")


def software(machine: Machine) -> tuple[Line, ...]:
    """Python and JupyterLab."""
    seen = machine.software
    if not isinstance(seen, Found):
        return (unseen("Python", seen),)
    it = seen.value
    python = good("Python", f"Version {it.python}.")
    install = f"{it.program} -m pip install '{it.wanted}'"
    if not it.jupyterlab:
        says = "It is not installed beside labcheck; the notebooks need it."
        return python, warning("JupyterLab", says, "To install it:", install)
    if _number(it.jupyterlab) < OLDEST_JUPYTERLAB:
        says = f"Version {it.jupyterlab} is older than the course was made for."
        return python, warning("JupyterLab", says, "To update it:", install)
    if _number(it.jupyterlab) >= TOO_NEW:
        says = f"Version {it.jupyterlab} is newer than the course was made for."
        return python, warning("JupyterLab", says, "For one that fits:", install)
    return python, good("JupyterLab", f"Version {it.jupyterlab}.")


def _tight(name: str, room: Room) -> tuple[Line, ...]:
    if room.free >= COMFORT * ENOUGH:
        return ()
    says = f"Only {_amount(room.free)} are free in {room.folder}; that is enough to begin with."
    return (warning(name, says, "Free some space there before long."),)


def _amount(size: int) -> str:
    return (
        f"{size / GIGA:.0f} GB"
        if size >= 10 * GIGA
        else f"{size / GIGA:.1f} GB"
        if size >= GIGA
        else f"{size // MEGA} MB"
    )


def _number(version: str) -> tuple[int, ...]:
    parts = version.split(".")[:2]
    return tuple(int(part) for part in parts if part.isascii() and part.isdecimal())
