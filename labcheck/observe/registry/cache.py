"""What repositories contain, by digest, so that nothing is asked twice.

What has a digest cannot change; it can only disappear. A look keeps what it found until it ends. A recorder looks after
each event, passes the same cache from look to look, and trusts its contents for some seconds. Everything is forgotten
when the engine reports any event that is not about images: changes to containers or volumes, and programs in
containers, can delete a registry's blobs, while pulling, pushing, tagging or removing an image cannot. Everything is
also forgotten if something was missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar, cast

from labcheck.document import Document, text

T = TypeVar("T")

FRESH: Final = 5.0
"""For how many seconds an entry is trusted: as long as a recorder waits between two looks when nothing happens."""
MOST: Final = 1_000
"""The most entries kept; more than a lab has."""


class RegistryCache:
    """What was found, by repository and digest. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[Hashable, tuple[float, object]] = {}
        self._asking: dict[Hashable, Lock] = {}
        self._times_forgotten = 0

    def once(self, key: Hashable, ask: Callable[[], T | None]) -> T | None:
        """The cached value, or the one requested now, by a single thread. ``None`` means that it is missing."""
        with self._lock:
            turn = self._asking.setdefault(key, Lock())
        with turn:
            with self._lock:
                began, forgotten = time.monotonic(), self._times_forgotten
                at, known = self._found.get(key, (0.0, None))
            if known is not None and began < at + FRESH:
                return cast("T", known)
            found = ask()
        if found is None:
            self.forget()
        else:
            self._keep(key, began, found, forgotten)
        return found

    def hear(self, event: Document) -> None:
        """Take note of an event from the engine."""
        if text(event, "Type") != "image":
            self.forget()

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._times_forgotten += 1
            self._found.clear()
            self._asking.clear()

    def _keep(self, key: Hashable, began: float, found: object, forgotten: int) -> None:
        with self._lock:
            # An event during the request may have deleted it after it was seen.
            if forgotten != self._times_forgotten:
                return
            if len(self._found) >= MOST:
                self._found.clear()
                self._asking.clear()
            self._found[key] = began, found
