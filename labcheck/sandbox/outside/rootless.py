"""A namespace in which an ordinary user is root, and the ids that are reserved for them are its other users."""

from __future__ import annotations

import getpass
import os
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
IDS = 65536
"""How many users and groups a container's files may belong to."""
PATIENCE = 300
"""Seconds: an engine can keep many files."""


def unshare(*namespaces: str) -> list[str]:
    """What to start so that the command after it runs in such a namespace, and in these.

    ``unshare`` takes the first block of ids that is reserved for a user, however small it is. Raises ``SandboxError``
    without the program.
    """
    its = program("unshare")
    first_will_do = all(theirs(file)[:1] == [enough(file)] for file in RESERVED)
    if SINCE in Path(its).read_bytes() and first_will_do:
        return [its, *OF_A_USER, *namespaces]
    return [sys.executable, "-P", "-m", "labcheck.sandbox.outside.mapped", its, *namespaces]


def blocks(table: str, name: str, uid: int) -> list[tuple[int, int]]:
    """The first id and the number of ids of each block that ``/etc/subuid`` reserves for a user (subuid(5))."""
    rows = [line.split(":") for line in table.splitlines()]
    theirs = [row[1:] for row in rows if len(row) == 3 and row[0] in {name, str(uid)}]  # noqa: PLR2004 - subuid(5)
    return [(int(start), int(count)) for start, count in theirs if start.isdecimal() and count.isdecimal()]


def theirs(file: Path) -> list[tuple[int, int]]:
    """The blocks that this file reserves for us; none if it cannot be read."""
    try:
        return blocks(file.read_text(encoding="utf-8", errors="replace"), getpass.getuser(), os.getuid())
    except OSError:
        return []


def enough(file: Path) -> tuple[int, int] | None:
    """The first of them that has as many ids as containers need; ``None`` if none has."""
    return next((block for block in theirs(file) if block[1] >= IDS), None)


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
