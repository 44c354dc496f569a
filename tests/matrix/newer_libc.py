"""Have a sandbox's programs use another release's C library: ``python newer_libc.py FOLDER``, the unpacked ``libc6``.

A newer one runs what was made for an older one, too. Each of its files is mounted over the machine's, in the sandbox's
own mount namespace, by one process that has its library already: between two mounts, no program would start.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

BIND = 4096
"""From ``linux/mount.h``."""


def main(folder: str) -> None:
    """Mount them."""
    mount = ctypes.CDLL(None, use_errno=True).mount
    for file in sorted(Path(folder).glob("usr/lib/*-linux-gnu/*.so*")):
        place = Path("/", file.relative_to(folder))
        if place.exists() and mount(os.fsencode(file.resolve()), os.fsencode(place.resolve()), None, BIND, None):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(place))


if __name__ == "__main__":
    main(*sys.argv[1:])
