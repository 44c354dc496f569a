"""One observation, for one attempt or for several: what was seen, and what had happened up to then."""

from __future__ import annotations

import time
from collections.abc import Iterable

from labcheck.journal import Journal
from labcheck.observe import Cursor, Observer, RegistryCache, Replay
from labcheck.query import Query
from labcheck.snapshot import Unknown


class Sight:
    """What the observer saw, and how far the journal had come before it looked."""

    def __init__(
        self, journal: Journal, observer: Observer, queries: Iterable[Query], cache: RegistryCache | None
    ) -> None:
        self.filed = journal.filed()
        self.seen = observer.observe(queries, cache)
        self._over = time.monotonic_ns()
        self._observer = observer
        self._events: dict[Cursor, Replay | Unknown] = {}

    def events(self, cursor: Cursor) -> Replay | Unknown:
        """What had happened since the cursor; the engine is asked once, also where several attempts want to know."""
        if cursor not in self._events:
            self._events[cursor] = self._observer.events(cursor, self.seen)
        return self._events[cursor]

    @property
    def now(self) -> int:
        """What time it is by the engine's clock."""
        return self.seen.until + time.monotonic_ns() - self._over
