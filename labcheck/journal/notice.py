"""Unsolicited notices from the journal: one sentence, in the terminal or below the notebook's cell.

Python's logging sends it to standard error, or to wherever a program that uses labcheck wants it.
"""

from __future__ import annotations

import threading
import time

ONCE_SECONDS = 60.0
_said: dict[str, float] = {}
_one = threading.Lock()


def notice(sentence: str) -> None:
    """Show this notice."""
    import logging  # noqa: PLC0415 - slow to import, and rarely needed

    logging.getLogger("labcheck").warning("labcheck: %s", sentence)


def notice_once(sentence: str) -> None:
    """Show this notice, unless another thread of this process has just shown the same."""
    with _one:
        now = time.monotonic()
        if now - _said.get(sentence, -ONCE_SECONDS) >= ONCE_SECONDS:
            notice(sentence)
        _said[sentence] = now
