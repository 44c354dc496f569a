"""A namespace in which an ordinary user is root, and the ids that are reserved for them are its other users."""

from __future__ import annotations

import subprocess

from labcheck.errors import SandboxError
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.programs import program

OF_A_USER = ("--user", "--map-root-user", "--map-auto")
"""What ``unshare`` makes it of."""
PATIENCE = 300
"""Seconds: an engine can keep many files."""


def as_root_inside(*command: str) -> bytes:
    """What this command prints as root of a namespace of ours, in which the reserved ids are ours, too.

    Raises ``SandboxError`` if it fails.
    """
    done = subprocess.run(  # noqa: S603 - our own commands
        [program("unshare"), *OF_A_USER, *command], capture_output=True, check=False, timeout=PATIENCE
    )
    if done.returncode != 0:
        words = last_error(done.stderr.decode(errors="replace"))
        raise SandboxError(
            f"The files of the sandbox's engine are not yours to look at or remove ({words}).", "Put sudo before it."
        )
    return done.stdout
