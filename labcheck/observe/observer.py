"""The observer: queries in, evidence out, under one deadline. It never writes, and it never raises.

Whatever had happened before the look began is older than the look's time, which is the engine's. An engine on a socket
has our own clock, unless it is in a virtual machine; so what time it is need not be waited for, and all is asked at
once. What the engine says of the time shows whether that was so. Where it was not, or is not known, the engine is asked
for its time first, and all the rest then: it takes the engine longer to say who it is than to answer all the rest.

When the deadline is over, whatever has not answered is unknown, and the registries' connections are closed under those
who still wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from threading import Event
from types import TracebackType

import msgspec

from labcheck.cause import NotAsked
from labcheck.document import Document
from labcheck.engine import Info
from labcheck.observe.deadline import LOOK, Deadline
from labcheck.observe.dispatch import Dispatch, Seen, all_asked, asked
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.engine.events import Cursor, Replay, replay
from labcheck.observe.engine.failures import WHO
from labcheck.observe.engine.identity import Identity, identify
from labcheck.observe.engine.listening import Listening
from labcheck.observe.http.client import Client
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.relevance import Relevance
from labcheck.observe.tasks import Task, TaskGroup
from labcheck.observe.trouble import evidence
from labcheck.query import EngineInfo, Query, Subject
from labcheck.snapshot import Evidence, Found, Snapshot, Unknown

AT_ONCE = 2
"""Threads for each server: one would leave it idle, more would only get in each other's way."""
FIRST = 0.5
"""The part of the deadline after which the registries are asked although the engine has not yet told its time."""


class Observation(msgspec.Struct, frozen=True):
    """One look: its time and its end by the engine's clock (by ours, if the engine is silent), and what was seen."""

    at: int
    until: int
    snapshot: Snapshot
    info: Evidence[Info]


class Observer(AbstractContextManager["Observer"]):
    """Looks at the engine and at registries, for one lab; connects when first asked, and stays connected."""

    def __init__(self, subject: Subject, *, timeout: float = LOOK) -> None:
        self._subject = subject
        self._timeout = timeout
        self._engine = Engine()
        self._schemes: dict[str, str] = {}
        self._listening: set[Listening] = set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every ``listen``, from whichever thread; let the connections go."""
        for listening in tuple(self._listening):
            listening.end()
        self._engine.close()

    def observe(self, queries: Iterable[Query], cache: RegistryCache | None = None) -> Observation:
        """Ask each query once, all at once, and wait no longer than the deadline.

        With a ``cache`` of the looks before, what it knows is not asked again; only a recorder has one.
        """
        deadline, wanted, cache = Deadline(self._timeout), tuple(queries), cache or RegistryCache()
        # Where the engine's clock turns out to be another one than ours, only it can tell when a look began.
        seen, is_its_time = self._observed(wanted, deadline, cache, by_ours=True)
        return seen if is_its_time else self._observed(wanted, deadline, cache, by_ours=False)[0]

    def _observed(
        self, queries: tuple[Query, ...], deadline: Deadline, cache: RegistryCache, *, by_ours: bool
    ) -> tuple[Observation, bool]:
        """One look, and whether its time is the engine's. ``by_ours``: our clock may tell it, if it is the same."""
        greeted = Event()
        first = Task(partial(evidence, partial(identify, self._engine, deadline, greeted.set)))
        greeted.wait(deadline.left * FIRST)
        by_ours = by_ours and self._engine.shares_clock
        who = None if by_ours else first.wait(deadline.left * FIRST)
        told = who.time if isinstance(who, Identity) else 0
        at, since = told or time.time_ns(), time.monotonic_ns()
        with Client(deadline) as client:
            dispatch = Dispatch(self._engine, client, self._schemes, deadline, cache)
            servers = [
                ({query: partial(evidence, partial(dispatch.ask, query)) for query in asks}, AT_ONCE - (server == WHO))
                for server, asks in all_asked(queries).items()
            ]
            answers = TaskGroup(servers).wait(deadline)
        who = first.wait(deadline.left) or deadline.trouble(WHO).unknown
        until = at + time.monotonic_ns() - since
        is_its_time = not by_ours or not isinstance(who, Identity) or self._engine.shares_clock
        # An engine of which nothing is known is taken for the learner's own.
        relevance = who.relevance(self._subject) if isinstance(who, Identity) else Relevance(self._subject)
        seen: dict[Query, Evidence[Document]] = {
            query: _read(answers.get(query), relevance) or deadline.trouble(asked(query)).unknown
            for query in queries
            if not isinstance(query, EngineInfo)
        }
        seen[EngineInfo()] = Found(who.document) if isinstance(who, Identity) else who
        info = Found(who.info) if isinstance(who, Identity) else who
        return Observation(at, until, Snapshot.of(seen), info), is_its_time

    def events(self, cursor: Cursor, seen: Observation) -> Replay | Unknown:
        """What happened since the cursor; the engine is the one that was seen."""
        if not isinstance(seen.info, Found):
            return seen.info if isinstance(seen.info, Unknown) else Unknown(f"{WHO} did not say who it is.", NotAsked())
        relevance = Relevance(self._subject, everything=seen.info.value.is_course)
        deadline = Deadline(self._timeout)
        asked_for = partial(replay, self._engine, cursor, seen.until, relevance, deadline)
        if self._engine.can_end:
            return evidence(asked_for)
        return Task(partial(evidence, asked_for)).wait(deadline.left) or deadline.trouble(WHO).unknown

    @property
    def endpoint(self) -> Endpoint | None:
        """Where the engine of the last look is, or ``None`` before the first."""
        return self._engine.endpoint

    def listen(self, cursor: Cursor) -> Iterator[Document]:
        """What happened since the cursor, then what happens, as it happens; ends with ``close`` or with the engine."""
        with self.listening(cursor) as listening:
            yield from listening.documents()

    @contextmanager
    def listening(self, cursor: Cursor, hear: Callable[[Document], object] = lambda _: None) -> Iterator[Listening]:
        """The same, to be read in another thread; it ends with the block.

        ``hear`` is called with every event of the engine, whole, also those that tell nothing of a lab.
        """
        listening = Listening(cursor, self._subject, self._timeout, hear)
        self._listening.add(listening)
        try:
            yield listening
        finally:
            listening.end()
            self._listening.discard(listening)


def _read(seen: Seen | Unknown | None, relevance: Relevance) -> Evidence[Document] | None:
    """What of an answer is relevant to the lab."""
    return evidence(partial(seen, relevance)) if callable(seen) else seen
