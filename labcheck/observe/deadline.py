"""The moment at which a look is over, whether everybody has answered or not; how long a look may take."""

from __future__ import annotations

import time
from typing import Final

from labcheck.cause import TimedOut
from labcheck.observe.trouble import CannotLook

LOOK: Final = 10.0
"""Seconds of a look, unless ``labcheck check --timeout`` says otherwise."""
SHORTEST = 0.001
"""Sockets read a time-out of 0 as "do not wait at all", so what is left is never quite nothing."""


class Deadline:
    """A span of time that began when this was made. It refuses to be extended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; never quite 0."""
        return max(self._end - time.monotonic(), SHORTEST)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return time.monotonic() >= self._end

    def wait(self) -> float:
        """How long one wait may take now; raises :class:`TimeoutError` once nothing is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def trouble(self, who: str) -> CannotLook:
        """Why there is no answer, once the deadline is over."""
        return CannotLook(f"{who} did not answer within {self.seconds:g} s.", TimedOut(self.seconds))

    def check(self, who: str) -> None:
        """Go on only while there is time left."""
        if self.is_over:
            raise self.trouble(who)
