"""A terminal with a shell in it, typed at by a test."""

from __future__ import annotations

import codecs
import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from labcheck.wait import wait_until


class Terminal:
    """The side of a terminal where a person sits."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._decoded = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._seen = ""
        self.all = ""
        """Everything that was shown."""

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._descriptor, text.encode())

    def see(self, text: str, within: float = 60) -> None:
        """Wait until this is shown, and look only at what comes after it from then on."""
        deadline = time.monotonic() + within
        while text not in self._seen:
            left = deadline - time.monotonic()
            assert left > 0, f"never saw {text!r}, but {self._seen!r}"
            if select.select([self._descriptor], [], [], left)[0]:
                try:
                    piece = self._decoded(os.read(self._descriptor, 65536))
                except OSError:  # its line is closed: everybody who had it has ended
                    raise AssertionError(f"never saw {text!r}, but {self._seen!r}") from None
                self._seen += piece
                self.all += piece
        self._seen = self._seen.partition(text)[2]

    def runs(self, program: str, within: float = 60) -> None:
        """Wait until this program is in the foreground, so that keys reach it."""
        assert wait_until(lambda: self._foreground() == program, within), f"{program} is not in the foreground"

    def _foreground(self) -> str:
        """The program in the foreground; nothing if it has just ended."""
        try:
            return Path(f"/proc/{os.tcgetpgrp(self._descriptor)}/comm").read_text(encoding="utf-8").strip()
        except OSError:
            return ""


@contextmanager
def terminal(command: Sequence[str]) -> Iterator[Terminal]:
    """Start a command as a login would: in a session of its own, whose terminal this is."""
    person, line = os.openpty()
    process = subprocess.Popen(["setsid", "--ctty", "--wait", *command], stdin=line, stdout=line, stderr=line)
    os.close(line)
    try:
        yield Terminal(person)
    finally:
        os.close(person)
        process.terminate()
        process.wait(timeout=240)
