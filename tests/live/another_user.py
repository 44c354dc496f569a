"""Another user of the machine, who looks for a token: prints all that they can read of processes and of a folder.

``another_user.py FOLDER ADDRESS``: then what the page says to them, and which engines' sockets they can open.
"""

from __future__ import annotations

import os
import socket
import sys
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

UID = 64999


def tell(*what: object) -> None:
    """Print it, in a line."""
    sys.stdout.write(f"{' '.join(map(str, what))}\n")


def readable(folder: Path) -> None:
    """Print what is in all files below it that can be read."""
    for above, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                tell(Path(above, name), Path(above, name).read_bytes()[:100_000])


def main(folder: Path, address: str) -> None:
    """Look everywhere."""
    os.setgroups([])
    os.setgid(UID)
    os.setuid(UID)
    readable(folder)
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ", "fd", "cwd"):
            with suppress(OSError):
                tell(process, (process / name).read_bytes())
        with suppress(OSError), socket.socket(socket.AF_UNIX) as engine:
            engine.connect(str(process / "root/run/docker.sock"))
            tell("an engine of", process)
    try:
        urllib.request.urlopen(f"{address}api/contents", timeout=20)  # noqa: S310 - ours
        tell("let in")
    except urllib.error.HTTPError as error:
        tell("the page says", error.code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
