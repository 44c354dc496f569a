"""Reports from the first second what takes long, and how many of how many are done."""

from __future__ import annotations

import sys
import time

EVERY = 5.0
"""Seconds between two lines if lines cannot be rewritten in place."""


class Progress:
    """One line on a terminal, rewritten as it goes; elsewhere a line every few seconds."""

    def __init__(self, what: str) -> None:
        self._what, self._shown, self._line = what, -EVERY, ""
        self._rewrites = sys.stdout.isatty()
        self.tell("")

    def count(self, doing: str, done: int, of: str, name: str = "") -> None:
        """Report that ``done`` of ``of`` are done, and the current one."""
        self.tell(f": {doing}, {done} of {of}{name and f' ({name})'}")

    def tell(self, how: str) -> None:
        """Report the progress."""
        line = f"labcheck: {self._what}{how or ' ...'}"
        if line == self._line:
            return
        self._line = line
        if self._rewrites:
            print(f"\r{line[:79]}\x1b[K", end="", flush=True)
        elif time.monotonic() - self._shown >= EVERY:
            print(line, flush=True)
            self._shown = time.monotonic()

    def end(self) -> None:
        """Finish, whatever the result: the next output starts on a new line."""
        if self._rewrites:
            print(flush=True)
