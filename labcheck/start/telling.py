"""The process that tells a class's wall where the learner is, beside the course: only while they consent to it.

It is outside the sandbox, which has no way to the wall. It runs as the learner, and ends with us.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from labcheck.owner import behind_sudo
from labcheck.sandbox.outside.child import tied
from labcheck.sandbox.threads import beside
from labcheck.share import consent
from labcheck.start.as_learner import as_learner

TICK = 1.0
"""Seconds between two looks whether the learner consents."""
GRACE = 3.0
"""For how many seconds the process may take to end."""


@contextmanager
def telling() -> Iterator[None]:
    """Tell, as long as there is consent, during the ``with`` block. Without it the process says so, and ends."""
    over = threading.Event()
    thread = beside(_tell, over)
    try:
        yield
    finally:
        over.set()
        thread.join(GRACE + TICK)


def _tell(over: threading.Event) -> None:
    process: subprocess.Popen[bytes] | None = None
    while not over.wait(TICK):
        if consent.given() is not None and (process is None or process.poll() is not None):
            process = _started()
    if process is not None:
        _end(process)


def _started() -> subprocess.Popen[bytes] | None:
    command = as_learner([sys.executable, "-P", "-m", "labcheck.share"], behind_sudo(), os.environ)
    with suppress(OSError):  # the next look tries again
        return subprocess.Popen(  # noqa: S603 - ours
            [*tied(), *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
        return
    process.kill()
    process.wait(GRACE)
