"""What repositories were found to have, by digest: so that nothing is asked twice.

What has a digest cannot change; it can only go. A look keeps what it found until its end. A recorder looks after each
event; it hands the same cache from look to look, and what is in it is believed for some seconds. All is forgotten as
soon as the engine tells of anything but images, for a container, what runs in one and a volume can take a registry's
blobs away; to pull, push, tag or remove an image cannot. All is forgotten, too, where something was missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar, cast

from labcheck.document import Document, text

T = TypeVar("T")

FRESH: Final = 5.0
"""Seconds for which it is believed: as long as a recorder waits between two looks when nothing happens."""
MOST: Final = 1_000
"""Things kept; more than a lab has."""


class RegistryCache:
    """What was found, by repository and digest; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[Hashable, tuple[float, object]] = {}
        self._asking: dict[Hashable, Lock] = {}
        self._times_forgotten = 0

    def once(self, key: Hashable, ask: Callable[[], T | None]) -> T | None:
        """What is there: found before, or asked for now, by one thread. ``None`` says that it is missing."""
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
        """The engine tells that this happened."""
        if text(event, "Type") != "image":
            self.forget()

    def forget(self) -> None:
        """Ask for everything again."""
        with self._lock:
            self._times_forgotten += 1
            self._found.clear()
            self._asking.clear()

    def _keep(self, key: Hashable, began: float, found: object, forgotten: int) -> None:
        with self._lock:
            # What happened while it was asked for may have taken it away after it was seen.
            if forgotten != self._times_forgotten:
                return
            if len(self._found) >= MOST:
                self._found.clear()
                self._asking.clear()
            self._found[key] = began, found
