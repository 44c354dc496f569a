"""The text of an author's file that may be anything: a pipe, a disk's worth of zeros, another alphabet."""

from __future__ import annotations

from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.lab.limits import LARGEST
from labcheck.lab.tree import LAB, Kind

MOST = 4 * LARGEST
"""Bytes that so many characters have at most."""


def text(path: Path, kind: Kind = LAB) -> str:
    """What the file holds: at most as much as may be read, and of a true file only, since a pipe could never end.

    Raises ``kind.refused``.
    """
    try:
        str(path).encode()
        if path.exists() and not path.is_file():
            raise kind.refused(
                f"The {kind.name} {path} cannot be read: it is no file.", f"Name the {kind.name} itself."
            )
        with path.open("rb") as file:
            read = file.read(MOST + 1)
        # What is cut off may be cut within a letter; it is too long anyway.
        return read.decode("utf-8-sig", "ignore" if len(read) > MOST else "strict")
    except (OSError, ValueError) as error:
        if isinstance(error, LabcheckError):
            raise
        reason = _reason(error)
        remedy = "Save it as UTF-8." if isinstance(error, UnicodeDecodeError) else "Mind the path."
        raise kind.refused(f"The {kind.name} {path} cannot be read: {reason}.", remedy) from error


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "its path is not UTF-8 text"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return error.strerror or "it is damaged" if isinstance(error, OSError) else "there is no such path"
