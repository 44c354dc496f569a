"""What went wrong with the journal's file, in one sentence, and what to do about it.

Nothing is repaired here: ``salvage.py`` recovers what is intact in a damaged journal.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec

from labcheck.errors import DamagedJournalError, FullDiskError, JournalError
from labcheck.files import is_full
from labcheck.ready import ready

BUSY_SECONDS = 5
NEARLY_FULL = 1024 * 1024
DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")

T = TypeVar("T")


class Damaged(Exception):  # noqa: N818 - never leaves the journal: it becomes a JournalError that knows the file
    """What was read is not what was written."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with the file in this block into a :class:`~labcheck.errors.JournalError`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _explanation(path, error) from error
    except (Damaged, UnicodeDecodeError) as error:
        raise _damage(path, str(error)) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise JournalError(
            f"The journal cannot store this: {error}.", "Please report it: labcheck has a bug."
        ) from error


def checked(value: object, kind: type[T]) -> T:
    """The value, which must have this type: SQLite does not enforce types, and a damaged file may contain any."""
    try:
        return msgspec.convert(value, ready(kind))
    except msgspec.ValidationError as error:
        raise Damaged(str(error)) from error


def _explanation(path: Path, error: sqlite3.Error | OSError) -> JournalError:
    folder = shlex.quote(str(next(filter(os.path.exists, path.parents))))  # Path.exists raises without permission
    code = str(getattr(error, "sqlite_errorname", ""))
    if _is_full(path, code, error):
        return FullDiskError(
            f"The disk is full: nothing can be added to the journal {path}.",
            f"Free some space (`df -h {folder}` shows how much there is) and try again; what it contains is safe.",
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return JournalError(
            f"Another program has kept the journal {path} locked for {BUSY_SECONDS} seconds.",
            f"Try again in a moment; `fuser -v {shlex.quote(str(path))}` shows who uses it.",
        )
    if code.startswith(DAMAGE) or (isinstance(error, sqlite3.OperationalError) and not code):  # no code: no UTF-8
        return _damage(path, str(error))
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return JournalError(
        f"The journal {path} cannot be used: {reason}.",
        f"Check whether you may write there (`ls -la {folder}`), or set LABCHECK_HOME to a folder of your own.",
    )


def _damage(path: Path, what: str) -> DamagedJournalError:
    away = next(name for n in count(1) if not (name := path.with_name(f"damaged-{n}")).exists())
    folder, files = shlex.quote(str(away)), f"{shlex.quote(str(path))}*"
    return DamagedJournalError(
        f"The journal {path} is damaged: {what}.",
        f"Move it out of the way, and labcheck starts a new one: mkdir {folder} && mv {files} {folder}",
    )


def _is_full(path: Path, code: str, error: Exception) -> bool:
    if isinstance(error, OSError):
        return is_full(error)
    # SQLite recognises a full disk only when it writes the file itself, not the log's index.
    return code == "SQLITE_FULL" or (code.startswith("SQLITE_IOERR") and _free(path.parent) < NEARLY_FULL)


def _free(folder: Path) -> int:
    try:
        disk = os.statvfs(folder)
        return disk.f_bavail * disk.f_frsize
    except OSError:  # the folder is gone, so that is the trouble and not its free space
        return NEARLY_FULL
