"""The journal as its tests read it: every call gives the whole log, so that a test can say what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from labcheck import journal
from labcheck.log import Entry, Head, Log


class Journal(AbstractContextManager["Journal"]):
    """A journal that hands out whole logs instead of their heads."""

    def __init__(self, path: Path) -> None:
        self.inner = journal.Journal(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.inner.__exit__(kind, error, trace)

    def begin(self, lab: str, *, engine: str, began: int) -> Log:
        """A new attempt."""
        return self.inner.log(self.inner.begin(lab, engine=engine, began=began))

    def join(self, lab: str, *, engine: str, began: int) -> Log:
        """The current attempt, begun if there is none."""
        return self.inner.log(self.inner.join(lab, engine=engine, began=began))

    def current(self, lab: str, engine: str = "") -> Log | None:
        """The newest attempt."""
        head = self.inner.current(lab, engine)
        return None if head is None else self.inner.log(head)

    def append(self, log: Log, entries: Sequence[Entry], cursor: str | None = None, *, after: int | None = None) -> Log:
        """The log with these entries, and with what others filed meanwhile."""
        self.inner.append(head(log), entries, cursor, after=after)
        return self.inner.log(head(log))

    def cursor(self, log: Log) -> str | None:
        """The attempt's cursor."""
        return self.inner.cursor(head(log))

    def wait(self, log: Log, seconds: float = 0) -> bool:
        """Whether there is more than this log within the time."""
        return self.inner.wait(head(log), len(log.entries), seconds)

    def labs(self) -> tuple[str, ...]:
        """The labs that have attempts."""
        return self.inner.labs()

    def recorder(self, log: Log) -> AbstractContextManager[bool]:
        """Whether this is now the attempt's recorder."""
        return self.inner.recorder(head(log))


def head(log: Log) -> Head:
    """Which attempt the log is of."""
    return Head(log.lab, log.attempt, log.engine, log.began, log.seed)
