"""What a sandbox without root needs of this machine: a user namespace, and ids that are reserved for the user.

It only looks; each thing that is missing has its remedy.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.programs import program

OF_A_USER = ("--user", "--map-root-user", "--map-auto")
"""The namespace in which whoever makes it is root, and the ids that are reserved for them are its other users."""
PATIENCE = 300
"""Seconds: an engine can keep many files."""
IDS = 65536
"""How many users and groups a container's files may belong to."""
MAPPERS = ("newuidmap", "newgidmap")
RESERVED = (Path("/etc/subuid"), Path("/etc/subgid"))
SETTINGS = Path("/proc/sys")
SWITCHES = {
    "user.max_user_namespaces": ("0", "10000"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
}
"""Settings of kernels, of Debian's older ones and of Ubuntu's newer ones: the value that forbids, one that allows."""
OR_ROOT = "Or run it as root: put sudo before the command."


def check(path: str) -> None:
    """Raise ``SandboxError`` for the first thing that is missing; ``path`` is where programs are."""
    for switch, (forbids, allows) in SWITCHES.items():
        if _read(SETTINGS / switch.replace(".", "/")).strip() == forbids:
            raise SandboxError(
                f"Without root, a sandbox needs user namespaces, which this machine forbids ({switch} is {forbids}).",
                f"Allow them: sudo sysctl -w {switch}={allows}\n{OR_ROOT}",
            )
    if any(shutil.which(name, path=path) is None for name in MAPPERS):
        raise SandboxError(
            "Without root, a sandbox needs the program newuidmap, which is not installed here.",
            f"Install it (Debian and Ubuntu: sudo apt-get install uidmap).\n{OR_ROOT}",
        )
    for file in RESERVED:
        if reserved(_read(file), getpass.getuser(), os.getuid()) < IDS:
            name = getpass.getuser()
            raise SandboxError(
                f"Without root, a sandbox needs {IDS} ids that are reserved for {name} in {file}.",
                f"Reserve them: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {name}\n{OR_ROOT}",
            )


def reserved(table: str, name: str, uid: int) -> int:
    """How many ids the text of ``/etc/subuid`` reserves for this user (subuid(5))."""
    rows = [line.split(":") for line in table.splitlines()]
    counts = (row[2] for row in rows if len(row) == 3 and row[0] in {name, str(uid)})  # noqa: PLR2004 - subuid(5)
    return max((int(count) for count in counts if count.isdecimal()), default=0)


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


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
