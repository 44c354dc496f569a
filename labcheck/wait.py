"""Waiting for what comes about elsewhere, by looking again and again, and never without a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
EVERY = 0.02
"""Seconds from one look to the next, unless the caller says otherwise."""


def wait_until(holds: Callable[[], bool], within: float, *, every: float = EVERY) -> bool:
    """Wait until this holds, at most ``within`` seconds; whether it does. It is looked at least once."""
    return repeat(holds, bool, within, every=every)


def repeat(act: Callable[[], T], until: Callable[[T], bool], within: float, *, every: float = EVERY) -> T:
    """Do this until its result is as wanted, and then, or after ``within`` seconds, return the last result.

    ``every`` is how many seconds it pauses before it is done again.
    """
    deadline = time.monotonic() + within
    while not until(result := act()):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        time.sleep(min(every, left))
    return result
