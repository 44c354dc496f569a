"""Listen to the engine, look after each event, and say how the lab stands, within a fraction of a second.

Only one recorder per attempt looks. Any other watcher follows the journal, and becomes the recorder when the place is
free. A burst of events (a push makes several) causes one more look, not one for each event.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from labcheck.attempt import UNFILED, Attempt
from labcheck.observe import RegistryCache
from labcheck.progress import Moment
from labcheck.report import Report

HEARTBEAT = 5.0
"""Seconds between looks when nothing happens: a registry's contents can change without an event from the engine."""
SETTLE = 0.05
"""Seconds to wait after an event for the next one of the same burst."""
RETRY = 1.0
"""Seconds until the next try if there is no engine to listen to, or another recorder is active."""


def watch(attempt: Attempt, *, until: threading.Event) -> Iterator[Report]:
    """A report immediately, then one after each event or heartbeat, until ``until`` is set."""
    moment = attempt.looked()
    yield attempt.judged(moment)
    while not until.is_set():
        if moment.head.attempt == UNFILED:
            until.wait(RETRY)
            moment = attempt.looked()
            yield attempt.judged(moment)
            continue
        with attempt.journal.recorder(moment.head) as ours:
            for now in _recorded(attempt, moment, until) if ours else _followed(attempt, moment):
                moment = now
                yield attempt.judged(moment)


def _recorded(attempt: Attempt, moment: Moment, until: threading.Event) -> Iterator[Moment]:
    """The attempt after each event, until the event stream ends or a new attempt starts."""
    heard, silent, cache = threading.Event(), threading.Event(), RegistryCache()
    # The stream is closed with the block, so that a recorder that continues with the next attempt leaks no thread.
    with attempt.observer.listening(attempt.cursor(moment.head), cache.hear) as listening:

        def listen() -> None:
            for _ in listening.documents():
                heard.set()
            silent.set()
            heard.set()

        threading.Thread(target=listen, daemon=True).start()
        while not until.is_set() and not silent.is_set():
            if heard.wait(HEARTBEAT):
                until.wait(SETTLE)
                heard.clear()
            now = attempt.looked(cache)
            yield now
            if now.head != moment.head:
                return
    until.wait(RETRY)


def _followed(attempt: Attempt, moment: Moment) -> Iterator[Moment]:
    """The attempt whenever another process has filed something; ends after a while, to try for the recorder's place."""
    journal, head = attempt.journal, moment.head
    if journal.wait(head, moment.filed, RETRY):
        newer = journal.current(head.lab, head.engine)
        yield attempt.progress.now(newer) if newer else attempt.looked()
