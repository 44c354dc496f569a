"""The engine's events as they happen, read by a background thread so that a waiting consumer can be woken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import SimpleQueue

from labcheck.document import Document
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.events import Cursor, listen, tells
from labcheck.observe.engine.identity import identify
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import evidence
from labcheck.query import Subject


class Listening:
    """One stream of events with its own connection."""

    def __init__(
        self, cursor: Cursor, subject: Subject, timeout: float, hear: Callable[[Document], object] = lambda _: None
    ) -> None:
        self._cursor = cursor
        self._subject = subject
        self._timeout = timeout
        self._hear = hear
        self._queue: SimpleQueue[Document | None] = SimpleQueue()
        self._engine = Engine()
        self._is_over = False

    def documents(self) -> Iterator[Document]:
        """The events, until the end or until the engine goes away."""
        Task(self._read)
        while not self._is_over and (document := self._queue.get()) is not None:
            yield document

    def end(self) -> None:
        """Wake the consumer and stop reading: immediately, or with the SDK after the next event or silence."""
        self._is_over = True
        self._queue.put(None)
        self._engine.leave()

    def _read(self) -> None:
        evidence(self._pass_on)
        self._queue.put(None)

    def _pass_on(self) -> None:
        try:
            who = identify(self._engine, Deadline(self._timeout))
            relevance = who.relevance(self._subject)
            for event in listen(self._engine, self._cursor, who.time, self._timeout):
                if self._is_over:
                    return
                if event is None:
                    continue
                self._hear(event)
                if tells(event):
                    self._queue.put(relevance.event(event))
        finally:
            self._engine.close()
