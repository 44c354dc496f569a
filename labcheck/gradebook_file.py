"""A gradebook as JSON, with a line for each submission: writing and reading it takes no memory for a whole class.

It has these keys: ``schema``, ``graded_at``, ``labs``, ``marked``, ``not_gradable``, each as in
:mod:`labcheck.gradebook`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from labcheck.errors import Refused
from labcheck.gradebook import Gradebook, Heading, Marked
from labcheck.ready import ready

SCHEMA: Final = 1
BEGIN: Final = b'"marked":[\n'
LONGEST: Final = 64 * 1024**2
"""Bytes of a line."""


class _Head(msgspec.Struct):
    schema: int
    graded_at: str
    labs: tuple[Heading, ...]


def written(book: Gradebook) -> Iterator[bytes]:
    """The file, piece by piece."""
    head = msgspec.json.encode(_Head(SCHEMA, book.graded_at, book.labs))
    yield head[:-1] + b"," + BEGIN
    before = b""
    for marked in book.marked:
        yield before + msgspec.json.encode(marked)
        before = b",\n"
    yield b'\n],\n"not_gradable":' + msgspec.json.encode(book.not_gradable) + b"}\n"


class Earlier:
    """A gradebook that was written before. Raises :class:`Refused` if this file is none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with file.open("rb") as stream:
                head = stream.readline(LONGEST).removesuffix(b"," + BEGIN) + b"}"
            self.graded_at = msgspec.json.decode(head, type=ready(_Head)).graded_at
        except (OSError, ValueError) as error:
            raise self._refused() from error

    def __iter__(self) -> Iterator[Marked]:
        with self._file.open("rb") as stream:
            stream.readline(LONGEST)
            while (line := stream.readline(LONGEST)) and not line.startswith(b"]"):
                if not line.isspace():
                    yield self._marked(line.rstrip(b",\n"))

    def _marked(self, line: bytes) -> Marked:
        try:
            return msgspec.json.decode(line, type=ready(Marked))
        except (ValueError, RecursionError) as error:
            raise self._refused() from error

    def _refused(self) -> Refused:
        return Refused(f"{self._file} is no gradebook that labcheck wrote.", "Name another folder, or move it away.")
