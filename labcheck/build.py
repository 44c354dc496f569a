"""Which labcheck this is: what one computed and kept, another does not believe."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import labcheck

FOLDERS = ("", "checks", "engine", "lab", "mistake")
"""Where the modules are of which a lab, its standing and the index of mistakes are made."""


@cache
def build() -> bytes:
    """What tells this labcheck from another: its version, and when its modules were written."""
    package = Path(labcheck.__file__).parent
    written = sorted(
        (entry.name, entry.stat().st_mtime_ns)
        for folder in FOLDERS
        for entry in os.scandir(package / folder)
        if entry.name.endswith(".py")
    )
    return repr((labcheck.__version__, written)).encode()
