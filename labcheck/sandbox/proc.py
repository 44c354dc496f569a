"""What Linux says in ``/proc`` about a process and about mounts, in the format of proc(5) and fstab(5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

STATE, TERMINAL, STARTED = 0, 4, 19
"""Where ``fields`` has them: the fields 3, 7 and 22 of proc_pid_stat(5)."""
MOUNTS = Path("/proc/self/mounts")
_ESCAPED = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """Where something is mounted, and its filesystem type."""

    place: Path
    kind: str


def fields(process: Path) -> list[str]:
    """The fields of ``/proc/PID/stat`` after the command's name, which may contain anything. Raises ``OSError``."""
    text = (process / "stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(")")[2].split()


def mounts() -> tuple[Mount, ...]:
    """Our mounts, in order: of several in one place the last covers the others. Empty if there is no /proc.

    Raises ``OSError``.
    """
    return tuple(read(MOUNTS.read_text(encoding="utf-8", errors="replace"))) if MOUNTS.exists() else ()


def read(text: str) -> Iterator[Mount]:
    """The mounts in the text of ``/proc/self/mounts``."""
    for line in text.splitlines():
        _, place, kind, *_ = line.split(" ")
        yield Mount(Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), place)), kind)
