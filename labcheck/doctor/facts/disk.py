"""Whether this person may write in the course's home, where the journal is, and whether there is room."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from labcheck.doctor.conclusion import Conclusion, Remedy, good, problem, unseen
from labcheck.doctor.disk_space import MEGA, Room, amount, room
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.home import home, journal
from labcheck.snapshot import Absent, Evidence, Found, Unknown

LEAST = 16 * MEGA
"""Bytes: with less, not even what a learner did can be kept."""


@fact("The disk")
def course_home(look: Look) -> Evidence[Room]:
    """The room in the course's home; absent where we may not look into it."""
    return room(journal().parent if look.system.sandbox else home())


@fact()
def other_home(_: Look) -> Evidence[str]:
    """Another folder where the course's home could be; absent where none was found."""
    candidates = (Path.home() / "labcheck", Path(f"/var/tmp/labcheck-{os.geteuid()}"))  # noqa: S108 - it is only named
    rooms = [room(folder) for folder in candidates]
    return next((Found(it.value.folder) for it in rooms if isinstance(it, Found) and it.value.writable), Absent())


@rule(Need.COURSE)
def disk(machine: Machine) -> Conclusion | None:
    """In every mode the course keeps what a learner did."""
    name = "disk"
    match machine[course_home]:
        case Unknown(reason):
            return unseen(name, reason)
        case Absent():
            return problem(name, "You cannot write in the course's home.", *_elsewhere(machine))
        case Found(seen) if not seen.is_folder:
            says = f"{seen.folder} cannot be a folder: a file is in the way."
            return problem(name, says, *_elsewhere(machine))
        case Found(seen) if not seen.writable:
            return problem(name, f"You cannot write in {seen.folder}.", *_elsewhere(machine))
        case Found(seen) if seen.free < LEAST:
            return problem(name, f"There is not enough space in {seen.folder}.", "Free some space there.")
        case Found(seen):
            return good(name, f"{amount(seen.free)} are free in {seen.folder}.")


def _elsewhere(machine: Machine) -> Remedy:
    folder = machine.get(other_home, "")
    if not folder:
        return ("Set LABCHECK_HOME to a folder that you can write in.",)
    return "Choose a folder that you can write in, for instance:", f"export LABCHECK_HOME={shlex.quote(folder)}"
