"""Print a message in every terminal of a sandbox, like ``wall``: where the course was started, and in JupyterLab.

Terminals inside containers are left alone.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from labcheck.render.printable import lines
from labcheck.sandbox.proc import TERMINAL, fields

_FIRST, _LAST, _EACH = 136, 143, 256
"""The major numbers of the terminals of /dev/pts, and how many each has (devices.txt of the kernel)."""


def announce(text: str) -> None:
    """Print the message there, and on standard error if that is not a terminal; control characters are escaped."""
    said = "".join(f"{line}\r\n" for line in lines(text))
    for path in sorted(_terminals()):
        with suppress(OSError):  # closed meanwhile, or stopped with Ctrl-S
            terminal = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                os.write(terminal, f"\r\n{said}".encode())
            finally:
                os.close(terminal)
    with suppress(OSError):
        if not sys.stderr.isatty():
            sys.stderr.write(said.replace("\r", ""))
            sys.stderr.flush()


def _terminals() -> set[str]:
    """The terminals of the processes in our mount namespace."""
    found, ours = set(), Path("/proc/self/ns/mnt").stat().st_ino
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            number = int(fields(process)[TERMINAL])
            if _FIRST <= os.major(number) <= _LAST and (process / "ns/mnt").stat().st_ino == ours:
                found.add(f"/dev/pts/{(os.major(number) - _FIRST) * _EACH + os.minor(number)}")
    return found
