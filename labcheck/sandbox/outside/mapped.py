"""Becomes a command in a user namespace with ids that are reserved for us: ``mapped COMMAND``.

What ``unshare --user --map-root-user --map-auto`` does since util-linux 2.38, for systems with an older one, as Ubuntu
22.04, and for users whose first block of ids is too small, which is the only one that it takes. A child that stays
outside has the ids mapped, by the programs that may do so.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

from labcheck.sandbox.outside.rootless import MAPPERS, RESERVED, enough
from labcheck.sandbox.programs import program

_NEW_USER = 0x10000000
"""CLONE_NEWUSER of unshare(2)."""


def main(command: list[str]) -> None:
    """Become the command, or say in a line why not."""
    owner = os.getuid(), os.getgid()
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.close(tell)
        os._exit(_map(os.getppid(), owner) if os.read(told, 1) else 1)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER) != 0:
        raise SystemExit(f"unshare failed: {os.strerror(ctypes.get_errno())}")
    os.write(tell, b"1")
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(os.waitstatus_to_exitcode(status))
    os.execvp(command[0], command)  # noqa: S606 - our own chain


def _map(process: int, owner: tuple[int, int]) -> int:
    """Map the ids of this process's namespace: root is the owner, all others are those that are reserved."""
    for mapper, file, own in zip(MAPPERS, RESERVED, owner, strict=True):
        block = enough(file)
        if block is None:
            sys.stderr.write(f"{file} reserves too few ids\n")
            return 1
        start, count = block
        pairs = (0, own, 1, 1, start, count - 1)
        done = subprocess.run([program(mapper), str(process), *map(str, pairs)], check=False)  # noqa: S603 - a fixed program
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
