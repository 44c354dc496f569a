"""Waiting by polling, always with a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
EVERY = 0.02
"""Seconds between polls, unless the caller says otherwise."""


def wait_until(holds: Callable[[], bool], within: float, *, every: float = EVERY) -> bool:
    """Wait until this is true, at most ``within`` seconds; return whether it is. It is evaluated at least once."""
    return repeat(holds, bool, within, every=every)


def repeat(act: Callable[[], T], until: Callable[[T], bool], within: float, *, every: float = EVERY) -> T:
    """Repeat this until its result is as wanted or ``within`` seconds have passed; return the last result.

    ``every`` is the pause between two calls, in seconds.
    """
    deadline = time.monotonic() + within
    while not until(result := act()):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        time.sleep(min(every, left))
    return result
