"""The journal's files and folders: accessible only to their owner, whoever created them.

A learner's journal belongs to the learner even if ``sudo`` created it, and nobody else can read it. Existing files are
never opened here: closing one would drop the locks that this process's connections hold on it.
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
"""How many seconds it may take to recover a damaged journal."""
FOLDER = "labcheck"
"""The name of the folder that labcheck creates for itself; a folder that the user chose keeps its mode."""


def identity(path: Path) -> File | None:
    """Which file is at the path: its device and inode; ``None`` if there is none."""
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_dev, seen.st_ino


def is_kept(path: Path, file: File | None) -> bool:
    """Whether this file was set aside because it was damaged and has been replaced by a new journal."""
    return any(identity(folder / path.name) == file for folder in path.parent.glob("damaged-*"))


def create_folder(path: Path) -> None:
    """Create the folder of the file at this path, if needed; only its owner may enter it."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
        give_away(folder, folder.parent)


def create(path: Path) -> None:
    """Create an empty file at the path, and its folder, if needed; only their owner may read it."""
    create_folder(path)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            give_away(descriptor, path.parent)
        finally:
            os.close(descriptor)


def close_to_others(path: Path) -> None:
    """Remove other users' permissions on an existing journal, its log and its folder."""
    if path.parent.name == FOLDER:
        _close_to_others(path.parent)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        _close_to_others(path.with_name(name))


@contextmanager
def locked(path: Path, *, within: float = 0, shared: bool = False) -> Iterator[bool]:
    """Whether this process now holds the lock on this file; the kernel releases it when the process ends.

    It waits for it so many seconds. A ``shared`` lock excludes only those that are not.
    """
    with ExitStack() as stack:
        with explained(path):
            create(path)
            _close_to_others(path)
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            stack.callback(os.close, descriptor)
            held = lock(descriptor, within=within, shared=shared)
        yield held


@contextmanager
def locked_folder(folder: Path, *, alone: bool) -> Iterator[None]:
    """Keep the journal from being replaced while it is opened: opening takes a shared lock, replacing an exclusive one.

    The folder itself is locked, so no lock file is needed, and the kernel releases it when the process ends.
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
    except OSError:  # some filesystems have no locks
        return
    if not held:
        raise JournalError(
            f"Another process has been busy with the journal in {folder} for {SALVAGE_SECONDS} seconds.",
            f"Try again in a moment; `fuser -v {shlex.quote(str(folder))}` shows who uses it.",
        )


def give_away(made: int | Path, folder: Path) -> None:
    """Give what root created to the owner of the folder."""
    if os.geteuid() == 0:
        owner = folder.stat()
        with suppress(OSError):  # some filesystems have no owners
            os.chown(made, owner.st_uid, owner.st_gid)


def _close_to_others(path: Path) -> None:
    """No link is followed, and root changes only what belongs to the folder's owner."""
    if sys.platform != "linux":  # other systems cannot refer to a file without opening it
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
