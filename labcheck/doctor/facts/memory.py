"""Whether there is memory for an engine and JupyterLab."""

from __future__ import annotations

from pathlib import Path

from labcheck.cause import NotSupported
from labcheck.doctor.conclusion import Conclusion, good, unseen, warning
from labcheck.doctor.disk_space import amount
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import rule
from labcheck.observe.trouble import CannotLook
from labcheck.sandbox.trouble import ENOUGH
from labcheck.snapshot import Found, Unknown

MEMORY = Path("/proc/meminfo")


@fact()
def free_memory(_: Look) -> Found[int]:
    """The bytes of memory that are available."""
    if not MEMORY.exists():
        raise CannotLook("This system does not tell how much memory is free.", NotSupported())
    rows = dict(line.split(":", 1) for line in MEMORY.read_text("utf-8").splitlines() if ":" in line)
    return Found(int(rows["MemAvailable"].split()[0]) * 1024)


@rule()
def memory(machine: Machine) -> Conclusion | None:
    """With less than a sandbox needs, the course can be slow, or the system can end it."""
    match machine[free_memory]:
        case Found(free) if free < ENOUGH:
            remedy = "Close some programs, or use a machine with more memory."
            return warning("memory", f"Only {amount(free)} are free.", remedy)
        case Found(free):
            return good("memory", f"{amount(free)} are free.")
        case Unknown(reason):
            return unseen("memory", reason)
    return None
