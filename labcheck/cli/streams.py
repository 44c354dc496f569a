"""Standard input, output and error, in any state: closed, full, or with an encoding that lacks some characters."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from labcheck.document import whole
from labcheck.errors import OutputError, ReaderEndedError

REMEDY = "Check where the output goes: is the disk full?"


GOING_ON: list[Callable[[], object]] = []
"""What is on the terminal and moves: how each is ended before anything else is written."""


def settle() -> None:
    """End whatever moves."""
    while GOING_ON:
        GOING_ON.pop()()


def prepare() -> None:
    """Make them usable: a failed write raises :class:`OutputError`; so does this, if there is no output at all."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process runs
    sys.stderr = _Told.of(sys.stderr)
    closed = sys.stdout is None
    sys.stdout = _Told.of(sys.stdout)
    if closed:
        raise OutputError("There is no standard output to write to: it is closed.", "Leave out >&- in the command.")


def columns(otherwise: int, terminal: int = 1) -> int:
    """The terminal's width, from ``COLUMNS`` or the terminal itself; this default if there is none.

    ``terminal`` is its file descriptor: by default, the standard output's.
    """
    # shutil says the same, but imports three compression modules, and argparse asks for every argument.
    chosen = whole(os.environ.get("COLUMNS", ""))
    try:
        return chosen or os.get_terminal_size(terminal).columns or otherwise
    except OSError:  # it is closed, or not a terminal
        return otherwise


class _Told(io.TextIOWrapper):
    """An output whose errors are sentences. A character that its encoding lacks is not an error."""

    @classmethod
    def of(cls, stream: TextIO | None) -> _Told:
        """The same output, or a null one in place of one that is closed."""
        if stream is None:
            return cls(Path(os.devnull).open("wb"), "utf-8", "backslashreplace")
        old = cast("io.TextIOWrapper", stream)
        return cls(old.buffer, old.encoding, "backslashreplace", None, old.line_buffering, old.write_through)

    def write(self, text: str, /) -> int:
        """Write the text. Raises :class:`OutputError`, or :class:`ReaderEndedError` if the pipe was closed."""
        settle()
        with self._telling():
            return super().write(text)

    def flush(self) -> None:
        """Write what is still buffered. Raises :class:`OutputError`."""
        with self._telling():
            super().flush()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # Python would try to write the rest at exit, and fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if isinstance(error, BrokenPipeError):
                raise ReaderEndedError("The reader has closed the pipe.") from error
            raise OutputError(f"labcheck cannot write its output: {error.strerror}.", REMEDY) from error
