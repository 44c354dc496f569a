"""One watcher for all pages that show the same: it begins with the first page and ends after the last.

For a lab it follows the journal, or records itself where nobody else does, as :mod:`labcheck.watch` has it. So a page
hears of every look, whoever took it: the course's recorder, a command in a terminal, a cell.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import Lab
from labcheck.report import Report
from labcheck.watch import watch

RETRY = 2.0
"""Seconds until the next try after trouble with the journal, or with what is followed."""

News = TypeVar("News")


class Board(Generic[News]):
    """What is new of one thing, told to whoever listens, from a thread of its own.

    ``follow`` gives the news, the first at once, until the event is set that it is handed.
    """

    def __init__(self, follow: Callable[[threading.Event], Iterator[News]]) -> None:
        self._follow = follow
        self._lock = threading.Lock()
        self._listeners: set[Callable[[News | LabcheckError], None]] = set()
        self._over = threading.Event()
        self._last: News | LabcheckError | None = None

    def join(self, hear: Callable[[News | LabcheckError], None]) -> None:
        """Tell this listener how it stands now, and from now on. It is called from another thread."""
        with self._lock:
            is_first = not self._listeners
            self._listeners.add(hear)
            if is_first:
                self._over, self._last = threading.Event(), None
                threading.Thread(target=self._run, args=(self._over,), name="labcheck-board", daemon=True).start()
            elif self._last is not None:
                hear(self._last)

    def leave(self, hear: Callable[[News | LabcheckError], None]) -> None:
        """Tell this listener nothing more."""
        with self._lock:
            self._listeners.discard(hear)
            if not self._listeners:
                self._over.set()

    def _run(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                for news in self._follow(over):
                    self._tell(news, over)
            except LabcheckError as error:
                self._tell(error, over)
            over.wait(RETRY)

    def _tell(self, news: News | LabcheckError, over: threading.Event) -> None:
        with self._lock:
            if over.is_set():
                return
            self._last = news
            for hear in self._listeners:
                hear(news)


def lab_board(lab: Lab) -> Board[Report]:
    """How a lab stands."""

    def follow(over: threading.Event) -> Iterator[Report]:
        with opened(lab) as attempt:
            yield from watch(attempt, until=over)

    return Board(follow)
