"""The journal's files and folders: made so that they belong to whoever owns the folder, root or not.

A learner's journal stays the learner's when ``sudo`` made it. Existing files are never opened here: closing one
would drop the locks that this process's connections hold on it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from labcheck.journal.trouble import explained


def create(path: Path) -> None:
    """An empty file at the path, and its folders, unless they are there."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(exist_ok=True)
        _give_away(folder, folder.parent)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            _give_away(descriptor, path.parent)
        finally:
            os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether this is now the one that holds the lock on this file; the kernel frees it when the process ends."""
    with ExitStack() as stack:
        with explained(path):
            create(path)
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            stack.callback(os.close, descriptor)
            held = _flocked(descriptor)
        yield held


def _give_away(made: int | Path, folder: Path) -> None:
    if os.geteuid() == 0:
        owner = folder.stat()
        with suppress(OSError):  # some file systems know no owners
            os.chown(made, owner.st_uid, owner.st_gid)


def _flocked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
