"""Listen to the engine, look after each event, and say how the lab stands, within a fraction of a second.

One recorder an attempt looks; whoever comes second follows the journal, and takes the place when it becomes free.
A burst of events (a push makes several) is answered by one more look, not by one each.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from labcheck.attempt import UNFILED, Attempt
from labcheck.observe import RegistryCache
from labcheck.progress import Moment
from labcheck.report import Report

HEARTBEAT = 5.0
"""Seconds between looks when nothing happens: what a registry holds can change without an event of the engine."""
SETTLE = 0.05
"""Seconds to wait after an event for the next of its burst."""
RETRY = 1.0
"""Seconds until the next try where there is no engine to listen to, or another recorder."""


def watch(attempt: Attempt, *, until: threading.Event) -> Iterator[Report]:
    """A report at once, then one after each event or heartbeat, until ``until`` is set."""
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
    """The attempt after each event, until the engine stops talking or a new attempt begins."""
    heard, silent, cache = threading.Event(), threading.Event(), RegistryCache()
    # The stream ends with the block: a recorder that goes on with the next attempt leaves no thread behind.
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
    """The attempt when somebody else has filed something; or nothing, so that the recorder's place is tried again."""
    journal, head = attempt.journal, moment.head
    if journal.wait(head, moment.filed, RETRY):
        newer = journal.current(head.lab, head.engine)
        yield attempt.progress.now(newer) if newer else attempt.looked()
