"""Gradebook -> the files of a folder, each written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from labcheck.errors import OutputError
from labcheck.files import replacing
from labcheck.grade.regrade import changes
from labcheck.gradebook import Changed, Gradebook
from labcheck.gradebook_file import Earlier, written
from labcheck.render import gradebook_csv

NATIVE: Final = "gradebook.json"
"""What a later gradebook is compared with."""
MOST: Final = 20
"""How many changes are told; all are in their file."""


class Compared(msgspec.Struct, frozen=True):
    """What changed since an earlier gradebook: how many steps, and the first of them."""

    since: str
    count: int
    first: tuple[Changed, ...]


def write(book: Gradebook, folder: Path, before: Path | None = None) -> Compared | None:
    """Write it; what changed since the gradebook in the folder ``before``, or in this one, if there is one.

    Raises :class:`OutputError`, or :class:`Refused` if that is none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        compared = _compared(book, before or folder, folder, must_be=before is not None)
        _write(folder / "gradebook.csv", (text.encode() for text in gradebook_csv.render(book)))
        _write(folder / NATIVE, written(book))
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}.", "Choose another with -o.") from error
    return compared


def _compared(book: Gradebook, before: Path, folder: Path, *, must_be: bool) -> Compared | None:
    file = before / NATIVE
    if not must_be and not file.exists():
        return None
    earlier, first, count = Earlier(file), [], 0

    def noted() -> Iterator[Changed]:
        nonlocal count
        for changed in changes(earlier, book.marked):
            count += 1
            if count <= MOST:
                first.append(changed)
            yield changed

    _write(folder / "changes.csv", (text.encode() for text in gradebook_csv.changes(noted())))
    return Compared(earlier.graded_at, count, tuple(first))


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    with replacing(file) as stream:
        stream.writelines(pieces)
