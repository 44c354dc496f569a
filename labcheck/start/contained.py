"""The first process of the course's container: it makes the sandbox there as root, and serves the page.

Under ``sudo`` it would be the same: only the engine is root's, and everything else the learner's.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.files import PRIVATE, write_whole
from labcheck.render.printable import lines
from labcheck.sandbox.container import machine
from labcheck.sandbox.container.places import ENGINE, HOME, IDS, NOTEBOOKS, PORT
from labcheck.sandbox.container.places import TOKEN as HANDED_OUT
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside.page import serve
from labcheck.sandbox.outside.relay import listening
from labcheck.sandbox.places import LEARNER, TOKEN
from labcheck.start.as_learner import command
from labcheck.start.telling import telling

EVERYWHERE = "0.0.0.0"  # noqa: S104 - in the container: Docker publishes it on the loopback of the machine alone
REFUSED = 2


def main() -> int:
    """Open the course in this container; returns its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process of a container ignores it otherwise
    Path(HANDED_OUT).unlink(missing_ok=True)
    uid, gid = map(int, os.environ[IDS].split(":"))
    machine.prepare(uid, gid)
    os.environ |= {"HOME": str(HOME), "SUDO_UID": str(uid), "SUDO_GID": str(gid)}  # root's uid means: without sudo
    with closing(listening(PORT, EVERYWHERE)) as outside, telling():
        what, data = command(Path(NOTEBOOKS), LEARNER), Path(ENGINE) / "course"
        return serve(what, outside, data=data, ready=_hand_out, tell=_tell, driver=Driver.CONTAINER)


def _tell(what: str) -> None:
    """Say it where whoever opened the course sees it."""
    print(*lines(what), sep="\n", file=sys.stderr, flush=True)  # noqa: T201 - that is this process's only output


def _hand_out(place: Path) -> None:
    """Make the page's token available to whoever may use the engine that the container runs on."""
    write_whole(Path(HANDED_OUT), (place / TOKEN).read_bytes(), mode=PRIVATE)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabcheckError as error:
        _tell(f"labcheck: {error}\n  {error.remedy}")
        sys.exit(REFUSED)
