"""A folder that is replaced atomically, even if processes are killed or several replace it at once.

The new folder is created beside it under a lock, synced to disk, then renamed into place. The lock belongs to the
process, so a killed one blocks nobody; what it left behind is removed by the next.
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
    """A new, empty folder that replaces ``target`` when the block succeeds; None if ``target`` is ``enough`` by then.

    Raises SandboxError after ``seconds`` of waiting for another process, and for disk errors.
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
    """Turn disk errors into one sentence."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise SandboxError(
                f"The disk that holds {place} is too full: building the course images takes 200 MB, keeping them 40.",
                "Free some space, or set LABCHECK_HOME to a folder on another disk.",
            ) from error
        raise SandboxError(
            f"The course images cannot be kept in {place}: {error.strerror or error}.",
            "Set LABCHECK_HOME to a folder that you can write to.",
        ) from error


def _exchange(target: Path, place: Path) -> None:
    old = target.with_name(f"{_OLD}{target.name}")
    if target.exists():
        target.rename(old)
    place.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what a killed process left, and restore a folder whose replacement never came."""
    old = target.with_name(f"{_OLD}{target.name}")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in [*target.parent.glob(f"{_NEW}*"), old]:
        shutil.rmtree(left, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Sync it to disk, and make it readable by all, whatever the umask was."""
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
