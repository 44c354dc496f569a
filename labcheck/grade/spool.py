"""What every submission came to, kept in a temporary file: a class takes no more memory than a few of its learners."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

import msgspec
from msgspec.structs import replace

from labcheck.flag import Flag
from labcheck.gradebook import Marked
from labcheck.ready import ready

DECODER = msgspec.msgpack.Decoder(ready(Marked))


class Spool:
    """Marks in the order of their learners, to be gone through again and again. Its file ends with it."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it is closed with the spool
        self._places: list[tuple[str, str, int, int]] = []
        self._end = 0
        self._flags: dict[int, tuple[Flag, ...]] = {}

    def add(self, marked: Marked) -> int:
        """Keep this one; the number by which it can be flagged."""
        return self.keep(marked.learner.id, marked.file, msgspec.msgpack.encode(marked))

    def keep(self, learner: str, file: str, encoded: bytes) -> int:
        """Keep this one, which is encoded already."""
        self._file.write(encoded)
        self._places.append((learner, file, self._end, len(encoded)))
        self._end += len(encoded)
        return self._end

    def flag(self, number: int, flag: Flag) -> None:
        """Add a flag to the one of this number."""
        self._flags[number] = (*self._flags.get(number, ()), flag)

    def arrange(self) -> None:
        """Put them in order: by the learner's id, then by the file."""
        self._file.flush()
        self._places.sort()

    def __iter__(self) -> Iterator[Marked]:
        for _, _, start, length in self._places:
            self._file.seek(start)
            marked = DECODER.decode(self._file.read(length))
            flags = self._flags.get(start + length)
            yield replace(marked, flags=(*marked.flags, *flags)) if flags else marked

    def learners(self) -> set[str]:
        """The ids of all."""
        return {learner for learner, *_ in self._places}

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()
