"""The course's part of a terminal's prompt: what became done, and what a failed command's message means.

It is bash, in ``prompt.bash``; here it is told where things are.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from labcheck.sandbox.places import PAGE, TOKEN

TICKS = "ticks"
"""The file in memory with what became done."""
OWN = Path(__file__).with_name("prompt.bash")


def prompt(place: Path, base: str = "/") -> str:
    """The lines for the file that terminals read, after all others.

    ``place`` is the course's folder in memory, ``base`` the path that JupyterLab's server is at.
    """
    asking = Path(__file__).with_name("meaning.py")
    meaning = [sys.executable, "-P", "-S", asking, place / PAGE, place / TOKEN, base]
    return "\n".join(
        [
            f"__labcheck_ticks={shlex.quote(str(place / TICKS))}",
            f"__labcheck_meaning=({shlex.join(map(str, meaning))})",
            OWN.read_text(encoding="utf-8"),
        ]
    )
