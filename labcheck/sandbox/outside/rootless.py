"""A namespace in which an ordinary user is root, and the ids that are reserved for them are its other users."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.programs import program

OF_A_USER = ("--user", "--map-root-user", "--map-auto")
"""What ``unshare`` makes it of."""
SINCE = b"map-auto"
"""What ``unshare`` has learnt in 2.38; Ubuntu 22.04 has 2.37."""
MAPPERS = ("newuidmap", "newgidmap")
RESERVED = (Path("/etc/subuid"), Path("/etc/subgid"))
PATIENCE = 300
"""Seconds: an engine can keep many files."""


def unshare(*namespaces: str) -> list[str]:
    """What to start so that the command after it runs in such a namespace, and in these.

    Raises ``SandboxError`` without the program.
    """
    its = program("unshare")
    if SINCE in Path(its).read_bytes():
        return [its, *OF_A_USER, *namespaces]
    return [sys.executable, "-P", "-m", "labcheck.sandbox.outside.mapped", its, *namespaces]


def blocks(table: str, name: str, uid: int) -> list[tuple[int, int]]:
    """The first id and the number of ids of each block that ``/etc/subuid`` reserves for a user (subuid(5))."""
    rows = [line.split(":") for line in table.splitlines()]
    theirs = [row[1:] for row in rows if len(row) == 3 and row[0] in {name, str(uid)}]  # noqa: PLR2004 - subuid(5)
    return [(int(start), int(count)) for start, count in theirs if start.isdecimal() and count.isdecimal()]


def as_root_inside(*command: str) -> bytes:
    """What this command prints as root of a namespace of ours, in which the reserved ids are ours, too.

    Raises ``SandboxError`` if it fails.
    """
    done = subprocess.run(  # noqa: S603 - our own commands
        [*unshare(), *command], capture_output=True, check=False, timeout=PATIENCE
    )
    if done.returncode != 0:
        words = last_error(done.stderr.decode(errors="replace"))
        raise SandboxError(
            f"The files of the sandbox's engine are not yours to look at or remove ({words}).", "Put sudo before it."
        )
    return done.stdout
