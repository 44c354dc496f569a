"""What takes long, on a terminal: its line moves, and counts the seconds, until something else is said."""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from threading import Event, Thread
from typing import Final

LONG: Final = 1.0
"""After how many seconds a line begins to move."""
EVERY: Final = 0.2
"""Seconds between two pictures."""
WIDTH, BLOCK = 12, 4
"""How wide the bar is, and the part of it that goes to and fro."""


class Moving:
    """A line on the terminal behind this file descriptor, which has so many columns."""

    def __init__(self, line: str, terminal: int, columns: int, *, is_whole: bool) -> None:
        self._line, self._terminal, self._columns, self._is_whole = line, terminal, columns, is_whole
        self._over = Event()
        self._began = time.monotonic()
        os.write(terminal, line.encode(errors="replace"))
        self._thread = Thread(target=self._move, name="moving", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Take it away; if it is not all of its sentence, leave it as it was."""
        if not self._over.is_set():
            self._over.set()
            self._thread.join()
            self._show("" if self._is_whole else self._line)
            os.write(self._terminal, b"" if self._is_whole else b"\n")

    def _move(self) -> None:
        if self._over.wait(LONG):
            return
        for picture in count():
            self._show(f"{self._line} [{bar(picture)}] {time.monotonic() - self._began:.0f} s")
            if self._over.wait(EVERY):
                return

    def _show(self, line: str) -> None:
        if len(line) < self._columns:
            os.write(self._terminal, f"\r{line}\x1b[K".encode(errors="replace"))


def bar(picture: int) -> str:
    """The bar in this picture: a part of it goes to and fro, for how much is left is not known."""
    way = WIDTH - BLOCK
    place = way - abs(picture % (2 * way) - way)
    return f"{' ' * place}{'=' * BLOCK}{' ' * (way - place)}"


def moves() -> bool:
    """Whether a line on the standard error can move: on a terminal that can go back in a line."""
    return sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
