"""The Python that runs labcheck, and what is installed beside it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Software:
    """Python's version and program, how labcheck is called in full, and JupyterLab: its version, and what is asked."""

    python: str
    program: str
    labcheck: str
    jupyterlab: str = ""
    wanted: str = ""
    """What labcheck's own package data ask of JupyterLab, for instance ``jupyterlab<5,>=4.4``."""


def software() -> Software:
    """What runs here now."""
    script = Path(sys.executable).parent / "labcheck"
    return Software(
        python=platform.python_version(),
        program=sys.executable,
        labcheck=str(script) if script.exists() else f"{sys.executable} -m labcheck",
        jupyterlab=_version("jupyterlab"),
        wanted=_wanted("jupyterlab"),
    )


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
