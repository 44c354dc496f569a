"""Listen to the engine, look after each event, and say what changed, within a fraction of a second.

One recorder an attempt: whoever comes second follows the journal instead. A look is quick, but a push makes a
burst of events, so events that come while a look is under way are answered by one more look.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from labcheck.attempt import Attempt
from labcheck.observe import Cursor
from labcheck.report import Report

HEARTBEAT = 5.0
"""Seconds between looks when nothing happens: a registry's content can change without an engine's event."""
SETTLE = 0.05
"""Seconds to wait after an event: docker-proxy listens a moment before the registry behind it does."""


def watch(attempt: Attempt, *, until: threading.Event) -> Iterator[Report]:
    """A report at once, then one after each event or heartbeat, until ``until`` is set."""
    while not until.is_set():
        report = attempt.look()
        yield report
        wake = threading.Event()
        listener = threading.Thread(target=_listen, args=(attempt, wake), daemon=True)
        listener.start()
        while not until.is_set() and listener.is_alive():
            woken = wake.wait(HEARTBEAT)
            wake.clear()
            if until.is_set():
                break
            if woken:
                time.sleep(SETTLE)
            yield attempt.look()
        until.wait(0 if until.is_set() else 1.0)


def _listen(attempt: Attempt, wake: threading.Event) -> None:
    for _ in attempt.observer.listen(Cursor(time.time_ns())):
        wake.set()
    wake.set()
