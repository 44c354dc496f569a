"""A folder that changes whole or not at all, whatever is killed and whichever other process does the same.

The new one is made beside it under a lock, written through to the disk, then renamed into place. The lock belongs to
the process, so a killed one holds up nobody; what it left is swept by the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.files import is_full
from labcheck.lock import lock

_NEW, _OLD = ".new-", ".old-"


@contextlib.contextmanager
def replaced(target: Path, enough: Callable[[], bool], *, seconds: float = 900) -> Iterator[Path | None]:
    """A new, empty folder that takes ``target``'s place when the block ends well; None if it is ``enough`` by then.

    Raises SandboxError after ``seconds`` of waiting for another process, and for trouble with the disk.
    """
    with disk(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.parent / "lock", seconds):
            _sweep(target)
            if enough():
                yield None
                return
            place = Path(tempfile.mkdtemp(prefix=_NEW, dir=target.parent))
            try:
                yield place
                _settle(place)
                _exchange(target, place)
            finally:
                shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def disk(place: Path) -> Iterator[None]:
    """Trouble with the disk, said in one sentence."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise SandboxError(
                f"The disk that holds {place} is too full: building the course images takes 200 MB, keeping them 40.",
                "Make room, or set LABCHECK_HOME to a folder on another disk.",
            ) from error
        raise SandboxError(
            f"The course images cannot be kept in {place}: {error.strerror or error}.",
            "Choose a folder you can write to; LABCHECK_HOME names the course's.",
        ) from error


def _exchange(target: Path, place: Path) -> None:
    old = target.with_name(f"{_OLD}{target.name}")
    if target.exists():
        target.rename(old)
    place.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what a killed process left, and put back a folder whose replacement never came."""
    old = target.with_name(f"{_OLD}{target.name}")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in [*target.parent.glob(f"{_NEW}*"), old]:
        shutil.rmtree(left, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Written through to the disk, and readable by all, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o444)
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


@contextlib.contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    with path.open("ab") as file:
        if not lock(file.fileno(), within=seconds):
            raise SandboxError(
                "Another labcheck has been making the course images for a long time.",
                "Wait for it, or stop it, and try again.",
            )
        yield
