"""Identifies this labcheck: what one build has cached, another must not use."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import labcheck

FOLDERS = ("", "checks", "engine", "lab", "mistake")
"""The folders of the modules that compute a lab, its standing and the index of mistakes."""


@cache
def build() -> bytes:
    """What distinguishes this labcheck from others: its version, and when its modules were last modified."""
    package = Path(labcheck.__file__).parent
    written = sorted(
        (entry.name, entry.stat().st_mtime_ns)
        for folder in FOLDERS
        for entry in os.scandir(package / folder)
        if entry.name.endswith(".py")
    )
    return repr((labcheck.__version__, written)).encode()
