"""Standard input, output and error, as they are: closed, full, or of a terminal with another alphabet."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from labcheck.document import whole
from labcheck.errors import OutputError, ReaderEndedError

REMEDY = "Look at where it goes: is the disk full?"


def prepare() -> None:
    """Make them usable: what cannot be written is an :class:`OutputError` from now on, at once where all is lost."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - it lasts as long as the process
    sys.stderr = _Told.of(sys.stderr)
    closed = sys.stdout is None
    sys.stdout = _Told.of(sys.stdout)
    if closed:
        raise OutputError("There is no standard output to write to: it is closed.", "Leave out >&- in the command.")


def columns(otherwise: int) -> int:
    """How wide the terminal is, by ``COLUMNS`` or by its own word; so wide where there is none."""
    # What shutil says, too, but it loads three ways to compress files, and argparse asks for each argument.
    chosen = whole(os.environ.get("COLUMNS", ""))
    try:
        return chosen or os.get_terminal_size(1).columns or otherwise
    except OSError:  # it is closed, or no terminal
        return otherwise


class _Told(io.TextIOWrapper):
    """An output that says in a sentence what keeps it from being written. A letter it does not have is no error."""

    @classmethod
    def of(cls, stream: TextIO | None) -> _Told:
        """The same output; one that leads nowhere, for one that is closed."""
        if stream is None:
            return cls(Path(os.devnull).open("wb"), "utf-8", "backslashreplace")
        old = cast("io.TextIOWrapper", stream)
        return cls(old.buffer, old.encoding, "backslashreplace", None, old.line_buffering, old.write_through)

    def write(self, text: str, /) -> int:
        """Write the text. Raises :class:`OutputError`; :class:`ReaderEndedError` where nobody reads on."""
        with self._telling():
            return super().write(text)

    def flush(self) -> None:
        """Write what is still to be written. Raises :class:`OutputError`."""
        with self._telling():
            super().flush()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What is left would be tried again at Python's end, and fail there.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if isinstance(error, BrokenPipeError):
                raise ReaderEndedError("Nobody reads on.") from error
            raise OutputError(f"What labcheck has to say cannot be written: {error.strerror}.", REMEDY) from error
