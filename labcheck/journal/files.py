"""The journal's files and folders: their owner's alone, whoever made them.

A learner's journal stays the learner's when ``sudo`` made it, and nobody else reads it. Existing files are never
opened here: closing one would drop the locks that this process's connections hold on it.
"""

from __future__ import annotations

import fcntl
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from labcheck.journal.trouble import explained

FOLDER = "labcheck"
"""What the folder is called that labcheck makes for itself; one that somebody else chose keeps its mode."""


def create(path: Path) -> None:
    """An empty file at the path, and its folders, unless they are there; only their owner may enter and read."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
        _give_away(folder, folder.parent)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            _give_away(descriptor, path.parent)
        finally:
            os.close(descriptor)


def close_to_others(path: Path) -> None:
    """Take from others what they may do with a journal that was made before, its log and its folder."""
    if path.parent.name == FOLDER:
        _close_to_others(path.parent)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        _close_to_others(path.with_name(name))


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether this is now the one that holds the lock on this file; the kernel frees it when the process ends."""
    with ExitStack() as stack:
        with explained(path):
            create(path)
            _close_to_others(path)
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            stack.callback(os.close, descriptor)
            held = _flocked(descriptor)
        yield held


def _give_away(made: int | Path, folder: Path) -> None:
    if os.geteuid() == 0:
        owner = folder.stat()
        with suppress(OSError):  # some file systems know no owners
            os.chown(made, owner.st_uid, owner.st_gid)


def _close_to_others(path: Path) -> None:
    """No link is followed, and root touches only what belongs to whoever owns the folder."""
    if sys.platform != "linux":  # elsewhere a file cannot be held without being opened
        return
    with suppress(OSError):
        descriptor = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            seen = os.fstat(descriptor)
            ours = path.parent.stat().st_uid if os.geteuid() == 0 else os.geteuid()
            if seen.st_uid == ours and not stat.S_ISLNK(seen.st_mode) and seen.st_mode & 0o077:
                Path(f"/proc/self/fd/{descriptor}").chmod(stat.S_IMODE(seen.st_mode) & 0o700)
        finally:
            os.close(descriptor)


def _flocked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
