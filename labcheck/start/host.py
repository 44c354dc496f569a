"""The course with the learner's own engine: no sandbox, no root, and a warning with numbers.

If it is killed with SIGKILL, the kernel tells its JupyterLab to end, on Linux. It removes nothing.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from labcheck.errors import Refused
from labcheck.observe.engine.inventory import inventory
from labcheck.owner import behind_sudo
from labcheck.sandbox.exit_codes import exit_code
from labcheck.sandbox.outside.child import child
from labcheck.sandbox.outside.page import await_page
from labcheck.sandbox.outside.relay import relayed
from labcheck.sandbox.places import PAGE
from labcheck.snapshot import Unknown
from labcheck.start.as_learner import command

GIGA = 1000**3


def warning() -> str:
    """What a lab may remove from the learner's own engine, in numbers. Raises ``Refused`` if there is no engine."""
    if behind_sudo() is not None:
        raise Refused("With your own Docker the course needs no root.", "Leave out sudo.")
    seen = inventory()
    if isinstance(seen, Unknown):
        raise Refused(f"The course cannot use your own Docker. {seen.reason}", "labcheck doctor tells you more.")
    it = seen.value
    return (
        f"This is your own Docker. Images there: {it.images}. Containers: {it.containers}.\n"
        f"The labs say docker image prune -a. It removes every image that no container uses; here: {it.unused}"
        f"{f', up to {it.size / GIGA:.1f} GB' if it.unused else ''}.\n"
        f"To keep your own images, remove the labs' images by name instead (docker rmi)."
    )


def serve(folder: Path, outside: socket.socket, *, ready: Callable[[Path], object]) -> int:
    """Run the course beside the learner's own engine, and relay its page to ``outside``; returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="labcheck-") as memory:
        place = Path(memory)
        with child(command(folder, place)) as process, relayed(outside, place / PAGE):
            await_page(place, ended=lambda: process.poll() is not None, ready=ready)
            return exit_code(process.wait())
