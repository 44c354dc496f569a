"""One question, asked in the background, whose answer is waited for only so long.

A daemon thread each: an executor would wait at exit for a server that never answers.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Asking(Thread, Generic[Answer]):
    """A job that has been started; the job must not raise."""

    def __init__(self, job: Callable[[], Answer]) -> None:
        super().__init__(name="labcheck-asking", daemon=True)
        self._job = job
        self._answer: Answer | None = None
        self.start()

    def run(self) -> None:
        """Ask; this is the thread's own work."""
        self._answer = self._job()

    def wait(self, seconds: float) -> Answer | None:
        """The answer, or ``None`` if it has not come in time; one may wait again."""
        self.join(seconds)
        return self._answer
