"""The journal's files and folders: their owner's alone, whoever made them.

A learner's journal stays the learner's when ``sudo`` made it, and nobody else reads it. Existing files are never
opened here: closing one would drop the locks that this process's connections hold on it.
"""

from __future__ import annotations

import os
import shlex
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from labcheck.errors import JournalError
from labcheck.journal.trouble import explained
from labcheck.lock import lock

File: TypeAlias = tuple[int, int]
SALVAGE_SECONDS = 30
"""How long it may take to make a damaged journal anew."""
FOLDER = "labcheck"
"""What the folder is called that labcheck makes for itself; one that somebody else chose keeps its mode."""


def identity(path: Path) -> File | None:
    """Which file stands at the path: its device and number; ``None`` if there is none."""
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_dev, seen.st_ino


def is_kept(path: Path, file: File | None) -> bool:
    """Whether this file was kept aside, because it was damaged and a new journal stands in its place."""
    return any(identity(folder / path.name) == file for folder in path.parent.glob("damaged-*"))


def create_folder(path: Path) -> None:
    """The folder of the file at this path, unless it is there; only its owner may enter it."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
        give_away(folder, folder.parent)


def create(path: Path) -> None:
    """An empty file at the path, and its folder, unless they are there; only their owner may read it."""
    create_folder(path)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            give_away(descriptor, path.parent)
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
            held = lock(descriptor)
        yield held


@contextmanager
def locked_folder(folder: Path, *, alone: bool) -> Iterator[None]:
    """Nobody puts another journal in the place of one while somebody opens it: who opens shares, who replaces is alone.

    The folder itself is the lock, so that there is no file more, and the kernel frees it when the process ends.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _wait_for(folder, descriptor, alone=alone)
        yield
    finally:
        os.close(descriptor)


def _wait_for(folder: Path, descriptor: int, *, alone: bool) -> None:
    try:
        held = lock(descriptor, within=SALVAGE_SECONDS, shared=not alone)
    except OSError:  # some filesystems have no such locks
        return
    if not held:
        raise JournalError(
            f"Another process has been busy with the journal in {folder} for {SALVAGE_SECONDS} seconds.",
            f"Repeat in a moment; `fuser -v {shlex.quote(str(folder))}` shows who uses it.",
        )


def give_away(made: int | Path, folder: Path) -> None:
    """Have what root made belong to whoever owns the folder."""
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
