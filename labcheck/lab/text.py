"""The text of an author's file, which may be anything: a pipe, gigabytes of zeros, text in another encoding."""

from __future__ import annotations

from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.lab.limits import LARGEST
from labcheck.lab.tree import LAB, Kind

MOST = 4 * LARGEST
"""The most bytes that this many characters can have."""


def text(path: Path, kind: Kind = LAB) -> str:
    """The file's text, up to the limit, and only from a regular file, since a pipe might never end.

    Raises ``kind.refused``.
    """
    try:
        str(path).encode()
        if path.exists() and not path.is_file():
            raise kind.refused(
                f"The {kind.name} {path} cannot be read: it is not a file.", f"Give the path of the {kind.name} itself."
            )
        with path.open("rb") as file:
            read = file.read(MOST + 1)
        # The cut may split a character, but the text is too long anyway.
        return read.decode("utf-8-sig", "ignore" if len(read) > MOST else "strict")
    except (OSError, ValueError) as error:
        if isinstance(error, LabcheckError):
            raise
        reason = _reason(error)
        remedy = "Save it as UTF-8." if isinstance(error, UnicodeDecodeError) else "Check the path."
        raise kind.refused(f"The {kind.name} {path} cannot be read: {reason}.", remedy) from error


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "its path is not UTF-8 text"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return error.strerror or "it is damaged" if isinstance(error, OSError) else "there is no such path"
