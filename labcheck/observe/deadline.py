"""The moment at which a look ends, whether or not everything has answered."""

from __future__ import annotations

import time
from typing import Final

from labcheck.cause import TimedOut
from labcheck.observe.trouble import CannotLook

LOOK: Final = 10.0
"""How many seconds a look may take, unless ``labcheck check --timeout`` says otherwise."""
SHORTEST = 0.001
"""Sockets read a timeout of 0 as "do not wait at all", so the time left is never quite zero."""


class Deadline:
    """A number of seconds that started when this was created. It cannot be extended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; never quite 0."""
        return max(self._end - time.monotonic(), SHORTEST)

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() >= self._end

    def wait(self) -> float:
        """How long one wait may take now; raises :class:`TimeoutError` once no time is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def trouble(self, who: str) -> CannotLook:
        """Why there is no answer, once the deadline has passed."""
        return CannotLook(f"{who} did not answer within {self.seconds:g} s.", TimedOut(self.seconds))

    def check(self, who: str) -> None:
        """Raise unless there is time left."""
        if self.is_over:
            raise self.trouble(who)
