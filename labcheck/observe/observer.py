"""The observer: queries in, evidence out, under one deadline. It never writes, and it never raises.

A look's time is the engine's time, and everything that happened before the look began must be older. An engine on a
socket shares our clock, unless it is in a virtual machine, so usually everything is asked at once, without waiting for
the engine's time. The time that the engine then reports shows whether the clocks agree. If they do not, or if that is
not known, the engine is asked for its time first, and everything else afterwards: it takes the engine longer to
describe itself than to answer the rest.

When the deadline has passed, whatever has not answered is unknown, and the registries' connections are closed even if
threads are still waiting on them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, cast

import msgspec

from labcheck.cause import NotAsked
from labcheck.document import Document
from labcheck.engine import Info
from labcheck.observe.deadline import LOOK, Deadline
from labcheck.observe.dispatch import Asked, Dispatch, Seen, all_asked, asked
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.engine.events import Cursor, Replay, replay
from labcheck.observe.engine.failures import WHO
from labcheck.observe.engine.identity import Identity, identify
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.relevance import Relevance
from labcheck.observe.tasks import Task, TaskGroup
from labcheck.observe.trouble import evidence
from labcheck.observe.waiting import Tell, told
from labcheck.query import EngineInfo, Query, Subject
from labcheck.snapshot import Evidence, Found, Snapshot, Unknown

if TYPE_CHECKING:
    from labcheck.observe.engine.listening import Listening
    from labcheck.observe.http.client import Client

AT_ONCE = 2
"""Threads per server: one would leave it idle, and more would only get in each other's way."""
FIRST = 0.5
"""The fraction of the deadline after which registries are asked even if the engine has not reported its time."""


class Observation(msgspec.Struct, frozen=True):
    """One look: its start and end by the engine's clock (by ours, if the engine is silent), and what was seen."""

    at: int
    until: int
    snapshot: Snapshot
    info: Evidence[Info]


class Observer(AbstractContextManager["Observer"]):
    """Looks at the engine and at registries, for one lab; connects on the first look, and stays connected.

    Whoever waits may ``tell`` themselves what a look that takes long waits for.
    """

    def __init__(self, subject: Subject, *, timeout: float = LOOK, tell: Tell | None = None) -> None:
        self._subject = subject
        self._timeout = timeout
        self._tell = tell
        self._missing: Callable[[], Collection[str]] = lambda: (WHO,)
        """Who has not answered yet."""
        self._engine = Engine()
        self._schemes: dict[str, str] = {}
        self._silent: frozenset[str] = frozenset()
        """Where nobody listened the last time: one thread is enough for all of them."""
        self._listening: set[Listening] = set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, subject: Subject) -> None:
        """From now on, it also looks for this subject."""
        self._subject |= subject

    def close(self) -> None:
        """End every ``listen``, in whichever thread, and close the connections."""
        for listening in tuple(self._listening):
            listening.end()
        self._engine.close()

    def observe(self, queries: Iterable[Query], cache: RegistryCache | None = None) -> Observation:
        """Ask each query once, all at once, and wait no longer than the deadline.

        What a ``cache`` from earlier looks knows is not asked again; only a recorder has one.
        """
        deadline, wanted, cache = Deadline(self._timeout), tuple(queries), cache or RegistryCache()
        with told(self._tell, deadline, self._awaited):
            # If the engine's clock turns out to differ from ours, only the engine can tell when a look began.
            seen, is_its_time = self._observed(wanted, deadline, cache, by_ours=True)
            return seen if is_its_time else self._observed(wanted, deadline, cache, by_ours=False)[0]

    def _awaited(self) -> Collection[str]:
        return self._missing()

    def _observed(
        self, queries: tuple[Query, ...], deadline: Deadline, cache: RegistryCache, *, by_ours: bool
    ) -> tuple[Observation, bool]:
        """One look, and whether its time is the engine's. ``by_ours``: our clock will do, if it agrees."""
        greeted = Event()
        self._missing = lambda: (WHO,)
        first = Task(partial(evidence, partial(identify, self._engine, deadline, greeted.set)))
        greeted.wait(deadline.left * FIRST)
        by_ours = by_ours and self._engine.shares_clock
        who = None if by_ours else first.wait(deadline.left * FIRST)
        told = who.time if isinstance(who, Identity) else 0
        at, since = told or time.time_ns(), time.monotonic_ns()
        servers = all_asked(queries)
        with _client(servers, deadline) as client:
            dispatch = Dispatch(self._engine, client, self._schemes, deadline, cache)

            def jobs(*names: str) -> dict[Asked, Callable[[], Seen | Unknown]]:
                return {it: partial(evidence, partial(dispatch.ask, it)) for name in names for it in servers[name]}

            silent = self._silent.intersection(servers)
            groups = [(jobs(name), AT_ONCE - (name == WHO)) for name in servers if name not in silent]
            tasks = TaskGroup([*groups, (jobs(*silent), 1)])
            self._missing = lambda: {*map(asked, tasks.unanswered), *([WHO] if first.is_alive() else [])}
            answers = tasks.wait(deadline)
            self._silent = self._silent.difference(servers).union(client.refusing if client else ())
        who = first.wait(deadline.left) or deadline.trouble(WHO).unknown
        until = at + time.monotonic_ns() - since
        is_its_time = not by_ours or not isinstance(who, Identity) or self._engine.shares_clock
        # If nothing is known about an engine, it is treated as the learner's own.
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
        """The events since the cursor, on the engine that was observed."""
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
        """Past events since the cursor, then new ones; ends with ``close`` or when the engine goes away."""
        with self.listening(cursor) as listening:
            yield from listening.documents()

    @contextmanager
    def listening(self, cursor: Cursor, hear: Callable[[Document], object] = lambda _: None) -> Iterator[Listening]:
        """The same, for reading in another thread; it ends with the ``with`` block.

        ``hear`` is called with every event of the engine, unreduced, including those that are not relevant to a lab.
        """
        from labcheck.observe.engine.listening import Listening  # noqa: PLC0415 - only a recorder listens

        listening = Listening(cursor, self._subject, self._timeout, hear)
        self._listening.add(listening)
        try:
            yield listening
        finally:
            listening.end()
            self._listening.discard(listening)


def _read(seen: Seen | Unknown | None, relevance: Relevance) -> Evidence[Document] | None:
    """The part of an answer that is relevant to the lab."""
    return evidence(partial(seen, relevance)) if callable(seen) else seen


def _client(servers: Collection[str], deadline: Deadline) -> AbstractContextManager[Client]:
    """What asks registries in this look; nobody if only the engine is asked, for then nobody asks it."""
    if set(servers) <= {WHO}:
        return nullcontext(cast("Client", None))
    from labcheck.observe.http.client import Client  # noqa: PLC0415 - the first lab asks no registry

    return Client(deadline)
