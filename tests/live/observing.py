"""The observer inside a sandbox: ``python -m tests.live.observing`` reads lines of orders, and says what it saw."""

from __future__ import annotations

import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from labcheck.engine import Event
from labcheck.observe import Cursor, Observer, Replay
from labcheck.query import Query, Subject
from labcheck.sandbox.outside import Sandbox
from labcheck.snapshot import Evidence, Snapshot, Unknown
from tests.support.places import ROOT

PATIENCE = 60
"""Seconds for what is ordered."""


class Orders(msgspec.Struct, frozen=True):
    """What to do: look so many times; replay from the cursor; type commands while somebody listens."""

    queries: tuple[Query, ...] = ()
    times: int = 1
    before_each: str = ":"
    timeout: float = 10.0
    cursor: Cursor | None = None
    meanwhile: tuple[str, ...] = ()


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. Times are in seconds: how long each look took, and how late each event was heard."""

    at: int
    until: int
    snapshots: list[Snapshot]
    looks: list[float]
    events: list[dict[str, object]] = []
    gap: bool | None = None
    cursor: Cursor | None = None
    no_events: str = ""
    heard: list[tuple[str, float]] = []
    is_awake: bool = False

    @property
    def kinds(self) -> list[str]:
        """The kinds of the events."""
        return [Event(event).kind for event in self.events]

    def ask(self, *queries: Query) -> list[Evidence[Any]]:
        """What the last look saw."""
        asked: tuple[Any, ...] = queries
        return [self.snapshots[-1].ask(query) for query in asked]

    def all(self, query: Query) -> list[Evidence[Any]]:
        """What each look saw of one thing."""
        asked: Any = query
        return [snapshot.ask(asked) for snapshot in self.snapshots]


@contextmanager
def observing(world: Sandbox, **environment: str) -> Iterator[Callable[[Orders], Seen]]:
    """The observer inside the sandbox while the ``with`` lasts: hand it orders, one after the other."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            world.entering([sys.executable, "-m", "tests.live.observing"], ROOT),
            env=world.environment | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):

        def observe(orders: Orders) -> Seen:
            assert process.stdin
            assert process.stdout
            process.stdin.write(msgspec.json.encode(orders) + b"\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], PATIENCE)[0], "it does not answer"
            return msgspec.json.decode(process.stdout.readline(), type=Seen)

        try:
            yield observe
            process.communicate(timeout=PATIENCE)
            errors.seek(0)
            assert (process.returncode, errors.read()) == (0, b"")
        finally:
            process.kill()


def main() -> None:
    """Do what each line of orders says."""
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(msgspec.json.encode(_done(msgspec.json.decode(line, type=Orders))) + b"\n")
        sys.stdout.buffer.flush()


def _done(orders: Orders) -> Seen:
    looks, snapshots = [], []
    with Observer(Subject(), timeout=orders.timeout) as observer:
        for _ in range(orders.times):
            _type(orders.before_each)
            began = time.monotonic()
            look = observer.observe(orders.queries)
            looks.append(time.monotonic() - began)
            snapshots.append(look.snapshot)
        seen = Seen(at=look.at, until=look.until, snapshots=snapshots, looks=looks)
        if orders.cursor:
            seen = _replayed(seen, observer.events(orders.cursor, look))
        if orders.meanwhile:
            seen = _listened(observer, seen, orders.meanwhile)
    return seen


def _replayed(seen: Seen, replay: Replay | Unknown) -> Seen:
    if isinstance(replay, Unknown):
        return msgspec.structs.replace(seen, no_events=replay.reason)
    events = [dict(document) for document in replay.documents]
    return msgspec.structs.replace(seen, events=events, gap=replay.gap, cursor=replay.cursor)


def _listened(observer: Observer, seen: Seen, commands: tuple[str, ...]) -> Seen:
    heard: list[tuple[str, float]] = []

    def listen() -> None:
        for document in observer.listen(Cursor(seen.until)):
            event = Event(document)
            heard.append((event.kind, (time.time_ns() - event.at) / 1e9))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    for command in commands:
        _type(command)
    # Each command makes one event; then whoever still listens is woken.
    deadline = time.monotonic() + PATIENCE / 2
    while len(heard) < len(commands) and time.monotonic() < deadline:
        time.sleep(0.01)
    observer.close()
    listener.join(PATIENCE / 2)
    return msgspec.structs.replace(seen, heard=heard, is_awake=not listener.is_alive())


def _type(command: str) -> None:
    subprocess.run(["bash", "-c", command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
