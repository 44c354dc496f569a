"""A process that we start and wait for: it is asked to end when we are, and does not outlive us."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO

GRACE = 6.0
"""For how many seconds it may take to end."""


@contextmanager
def child(command: Sequence[str], output: IO[bytes] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The process, during the ``with`` block; it prints where we do, or to ``output``. Raises ``OSError``."""
    process = subprocess.Popen(  # noqa: S603 - ours
        [*tied(), *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output
    )

    def end(_number: int, _frame: FrameType | None) -> None:
        process.terminate()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        process.kill()
        process.wait(GRACE)
        for number, handler in before.items():
            signal.signal(number, handler)


def tied() -> list[str]:
    """What makes the kernel end a program when we are gone, even by SIGKILL, on systems that can do so."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []
