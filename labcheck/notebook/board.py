"""One watcher for a lab, for all pages that show it: it begins with the first page and ends after the last.

It follows the journal, or records itself where nobody else does, as :mod:`labcheck.watch` has it. So a page hears of
every look, whoever took it: the course's recorder, a command in a terminal, a cell.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import Lab
from labcheck.report import Report
from labcheck.watch import watch

RETRY = 2.0
"""Seconds until the next try after trouble with the journal."""

Hear = Callable[[Report | LabcheckError], None]


class Board:
    """How one lab stands, told to whoever listens, from a thread of its own."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._lock = threading.Lock()
        self._listeners: set[Hear] = set()
        self._over = threading.Event()
        self._last: Report | LabcheckError | None = None

    def join(self, hear: Hear) -> None:
        """Tell this listener how the lab stands now, and from now on. It is called from another thread."""
        with self._lock:
            is_first = not self._listeners
            self._listeners.add(hear)
            if is_first:
                self._over, self._last = threading.Event(), None
                threading.Thread(target=self._run, args=(self._over,), name="labcheck-board", daemon=True).start()
            elif self._last is not None:
                hear(self._last)

    def leave(self, hear: Hear) -> None:
        """Tell this listener nothing more."""
        with self._lock:
            self._listeners.discard(hear)
            if not self._listeners:
                self._over.set()

    def _run(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                with opened(self._lab) as attempt:
                    for report in watch(attempt, until=over):
                        self._tell(report, over)
            except LabcheckError as error:
                self._tell(error, over)
            over.wait(RETRY)

    def _tell(self, news: Report | LabcheckError, over: threading.Event) -> None:
        with self._lock:
            if over.is_set():
                return
            self._last = news
            for hear in self._listeners:
                hear(news)
