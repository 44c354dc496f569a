"""Whether there is room for more images where the engine keeps them."""

from __future__ import annotations

from pathlib import Path

from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.disk_space import Room, amount, room, tight
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import text
from labcheck.sandbox.trouble import ENOUGH
from labcheck.snapshot import Absent, Evidence


@fact("The disk")
def engine_data(look: Look) -> Evidence[Room]:
    """The room in the engine's folder; absent where that cannot be seen from here."""
    info = look.value(engine_info)
    folder, is_here = text(info, "DockerRootDir"), text(info, "Name") == look.system.hostname
    return room(Path(folder)) if folder and is_here else Absent()


@rule()
def engines_disk(machine: Machine) -> Conclusion | None:
    """Nothing is said if it cannot be seen from here."""
    seen, name = machine.get(engine_data, None), "engine's disk"
    if seen is None or machine.mode is Mode.SANDBOX:
        return None
    if seen.free < ENOUGH:
        says = f"Only {amount(seen.free)} are free in {seen.folder}, so a pull can fail."
        return warning(name, says, "Free some space there. What images and containers take:", "docker system df")
    return tight(name, seen) or good(name, f"{amount(seen.free)} are free in {seen.folder}.")
