"""The Python that runs labcheck, and JupyterLab beside it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from labcheck.doctor.conclusion import Conclusion, good, unseen, warning
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import rule
from labcheck.snapshot import Found, Unknown
from labcheck.version import numbers

OLDEST_JUPYTERLAB, TOO_NEW = (4, 4), (5,)


@dataclass(frozen=True, slots=True)
class Software:
    """Python's version and program, the full command for labcheck, and JupyterLab: its version, and the one we need."""

    python: str
    program: str
    labcheck: str
    jupyterlab: str = ""
    wanted: str = ""
    """What labcheck's package metadata require, for instance ``jupyterlab<5,>=4.4``."""


@fact()
def software(_: Look) -> Found[Software]:
    """What runs here now."""
    script = Path(sys.executable).parent / "labcheck"
    return Found(
        Software(
            python=platform.python_version(),
            program=sys.executable,
            labcheck=str(script) if script.exists() else f"{sys.executable} -m labcheck",
            jupyterlab=_version("jupyterlab"),
            wanted=_wanted("jupyterlab"),
        )
    )


@rule()
def python(machine: Machine) -> Conclusion | None:
    """Which Python this is."""
    match machine[software]:
        case Found(it):
            return good("Python", f"Version {it.python}.")
        case Unknown(reason):
            return unseen("Python", reason)
    return None


@rule()
def jupyterlab(machine: Machine) -> Conclusion | None:
    """Whether the notebooks can be opened, and by a JupyterLab that the course was made for."""
    it, name = machine.get(software, None), "JupyterLab"
    if it is None:
        return None
    install = f"{it.program} -m pip install '{it.wanted}'"
    if not it.jupyterlab:
        says = "It is not installed beside labcheck; the notebooks need it."
        return warning(name, says, "To install it:", install)
    if numbers(it.jupyterlab)[:2] < OLDEST_JUPYTERLAB:
        says = f"Version {it.jupyterlab} is older than the course was made for."
        return warning(name, says, "To update it:", install)
    if numbers(it.jupyterlab)[:2] >= TOO_NEW:
        says = f"Version {it.jupyterlab} is newer than the course was made for."
        return warning(name, says, "To install one that fits:", install)
    return good(name, f"Version {it.jupyterlab}.")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _wanted(name: str) -> str:
    try:
        required = metadata.requires("labcheck") or []
    except metadata.PackageNotFoundError:
        return name
    return next((text.partition(";")[0].strip() for text in required if text.startswith(name)), name)
