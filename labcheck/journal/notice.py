"""What the journal says by itself, beside what was asked: one sentence, in the terminal or below the notebook's cell.

Python's own logging brings it to the standard error of whoever is there, or to where a program that uses labcheck
wants it.
"""

from __future__ import annotations

import threading
import time

ONCE_SECONDS = 60.0
_said: dict[str, float] = {}
_one = threading.Lock()


def notice(sentence: str) -> None:
    """Say it."""
    import logging  # noqa: PLC0415 - takes a while to load, and there is rarely anything to say

    logging.getLogger("labcheck").warning("labcheck: %s", sentence)


def notice_once(sentence: str) -> None:
    """Say it, unless another thread of this process has just said the same."""
    with _one:
        now = time.monotonic()
        if now - _said.get(sentence, -ONCE_SECONDS) >= ONCE_SECONDS:
            notice(sentence)
        _said[sentence] = now
