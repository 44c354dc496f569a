"""The engine's events: none is lost, none comes twice, a gap is noticed, and waiting always ends."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.cause import AnswerTooLarge, Disconnected, IncompleteAnswer, ServerError, TimedOut, UnexpectedAnswer
from labcheck.document import Document
from labcheck.engine import Event
from labcheck.observe import Cursor, Observer, Replay
from labcheck.observe.engine.events import mark
from labcheck.query import Subject
from labcheck.snapshot import Unknown
from tests.support.looks import nobody_waits
from tests.support.loopback import Asked, dripping_body, dripping_headers, reply, silent
from tests.support.small_engine import TIME, SmallEngine
from tests.support.small_events import BUFFER, HEAD, Happenings, event

SUBJECT = Subject(containers=frozenset({"my-registry"}), repositories=frozenset({"docker.io/library/nginx"}))
START = Cursor(TIME - 1)
NOW = "2026-11-18T11:06:50Z"
"""Ten seconds after ``TIME``, roughly: later than everything that happens here."""
PATIENCE = 0.5


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallEngine]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        small.answers["/info"] = {"SystemTime": NOW}
        yield small


@pytest.fixture
def happenings(engine: SmallEngine) -> Iterator[Happenings]:
    events = Happenings()
    engine.answers["/events"] = events.answer
    yield events
    events.end()


def replay(cursor: Cursor) -> Replay:
    with Observer(SUBJECT, timeout=5) as observer:
        replay = observer.events(cursor, observer.observe(()))
    assert isinstance(replay, Replay)
    return replay


def told(documents: tuple[Document, ...] | list[Document]) -> list[str]:
    return [Event(document).actor for document in documents]


def pull(at: int, name: str = "nginx:latest") -> dict[str, object]:
    return event(at, "image/pull", name, name=name.partition(":")[0])


def test_what_happened_is_told_once(happenings: Happenings) -> None:
    first, second = pull(1), event(2, "container/start", "c1", name="my-registry", image="registry:2")
    happenings.happen(first)
    one = replay(START)
    assert (told(one.documents), one.gap) == (["nginx:latest"], False)
    assert replay(one.cursor) == Replay((), gap=False, cursor=one.cursor)
    happenings.happen(second)
    two = replay(one.cursor)
    assert (told(two.documents), two.gap) == (["c1"], False)
    assert replay(two.cursor).documents == ()


def test_nothing_happened(happenings: Happenings) -> None:
    assert replay(START) == Replay((), gap=False, cursor=Cursor(0))
    assert replay(Cursor(TIME * 2)) == Replay((), gap=False, cursor=Cursor(0)), "whatever comes then is new"
    happenings.happen(pull(-5))
    assert replay(START).documents == ()


def test_events_of_one_nanosecond_are_told_apart(happenings: Happenings) -> None:
    happenings.happen(event(5, "image/untag", "a"), event(5, "image/untag", "b"))
    cursor = replay(START).cursor
    happenings.happen(event(5, "image/delete", "a"), event(5, "image/delete", "b"))
    again = replay(cursor)
    assert [Event(document).kind for document in again.documents] == ["image/delete"] * 2
    assert not again.gap


def test_an_event_that_comes_late_with_an_earlier_time_is_told(happenings: Happenings) -> None:
    happenings.happen(event(9, "image/untag", "sha256:" + "a" * 64))
    cursor = replay(START).cursor
    happenings.happen(event(7, "image/delete", "sha256:" + "b" * 64))
    late = replay(cursor)
    assert told(late.documents) == ["sha256:" + "b" * 64]
    assert replay(late.cursor).documents == ()


def test_a_cursor_whose_event_is_forgotten_is_a_gap_once(happenings: Happenings) -> None:
    happenings.happen(pull(1))
    cursor = replay(START).cursor
    happenings.happen(*(pull(n, f"nginx:{n}") for n in range(2, BUFFER + 2)))
    forgotten = replay(cursor)
    assert forgotten.gap
    assert len(forgotten.documents) == BUFFER
    assert replay(forgotten.cursor) == Replay((), gap=False, cursor=forgotten.cursor)


def test_an_engine_started_anew_has_forgotten_everything(happenings: Happenings) -> None:
    happenings.happen(pull(1))
    cursor = replay(START).cursor
    happenings.forget()
    empty = replay(cursor)
    assert (empty.documents, empty.gap) == ((), True)
    assert replay(empty.cursor) == Replay((), gap=False, cursor=empty.cursor)


@pytest.mark.parametrize(("count", "gap"), [(BUFFER - 1, False), (BUFFER, True)])
def test_a_full_buffer_may_have_had_more(happenings: Happenings, count: int, gap: bool) -> None:  # noqa: FBT001 - a case
    happenings.happen(*(event(n, "network/connect", f"n{n}") for n in range(count)))
    full = replay(START)
    assert (full.documents, full.gap) == ((), gap)


def test_probes_and_networks_are_not_told_but_move_the_cursor(happenings: Happenings) -> None:
    secret = "hunter2"  # noqa: S105 - what must not be found again
    happenings.happen(
        event(1, f"container/exec_create: login --password {secret}", "c1", name="my-registry"),
        event(2, f"container/exec_start: login --password {secret}", "c1", name="my-registry"),
        event(3, "container/exec_die", "c1", name="my-registry"),
        event(4, "container/health_status: healthy", "c1", name="my-registry"),
        event(5, "network/connect", "bridge", name="bridge"),
        event(6, "volume/create", "private-data", driver="local"),
    )
    seen = replay(START)
    assert [Event(document).kind for document in seen.documents] == ["container/health_status"]
    assert secret not in json.dumps([*seen.documents, seen.cursor.event])
    assert replay(seen.cursor) == Replay((), gap=False, cursor=seen.cursor)


def test_names_that_do_not_concern_the_lab_are_left_out(happenings: Happenings) -> None:
    happenings.happen(
        event(1, "container/start", "c9", name="private", image="private/app:1", label="secret"),
        event(2, "image/pull", "private/app:1", name="private/app"),
        event(3, "image/tag", "sha256:" + "a" * 64, name="private/app:2"),
    )
    documents = replay(START).documents
    assert [Event(document).kind for document in documents] == ["container/start", "image/pull", "image/tag"]
    assert "private" not in json.dumps(documents)
    assert told(documents) == ["c9", "", "sha256:" + "a" * 64]


def test_on_the_courses_own_engine_all_names_are_told(engine: SmallEngine, happenings: Happenings) -> None:
    engine.answers["/info"] = {"SystemTime": NOW, "Labels": ["labcheck.sandbox=one"]}
    happenings.happen(event(1, "container/start", "c9", name="other", image="other/app:1", label="secret"))
    (document,) = replay(START).documents
    assert (Event(document).name, Event(document).image) == ("other", "other/app:1")
    assert "secret" not in json.dumps(document)


def breaking_off(_: Asked, connection: socket.socket) -> None:
    connection.sendall(HEAD + b'9\r\n{"Type"')


LATE = Unknown(f"The Docker engine did not answer within {PATIENCE:g} s.", TimedOut(PATIENCE))
ODD = Unknown("The Docker engine sent an event that labcheck does not understand.", UnexpectedAnswer())
REFUSED = Unknown("The Docker engine answered with an error (404).", ServerError(404))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (silent, LATE),
        (dripping_headers, LATE),
        (dripping_body, LATE),
        (lambda *_: None, Unknown("The Docker engine closed the connection without answering.", Disconnected())),
        (
            reply(404, {"message": "page not found"}),
            REFUSED,
        ),
        (
            reply(200, "oh\n"),
            ODD,
        ),
        (
            reply(200, "[]\n"),
            ODD,
        ),
        (reply(200, b"x" * 2_000_000), Unknown("The Docker engine sent an event that does not end.", AnswerTooLarge())),
        (
            breaking_off,
            Unknown("The Docker engine closed the connection in the middle of its events.", IncompleteAnswer()),
        ),
    ],
    ids=["silent", "headers", "body", "hung up", "404", "text", "list", "long", "broken"],
)
def test_an_engine_that_tells_no_events_is_unknown(engine: SmallEngine, answer: object, expected: Unknown) -> None:
    engine.answers["/events"] = answer
    began = time.monotonic()
    with Observer(SUBJECT, timeout=PATIENCE) as observer:
        assert observer.events(START, observer.observe(())) == expected
    assert time.monotonic() - began < PATIENCE + 5


def test_an_engine_that_is_not_there_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    with Observer(SUBJECT) as observer:
        assert isinstance(observer.events(START, observer.observe(())), Unknown)
        assert list(observer.listen(START)) == []


class Listener:
    """Somebody who listens, in a thread of its own."""

    def __init__(self, observer: Observer, cursor: Cursor) -> None:
        self.heard: list[Document] = []
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(observer, cursor), daemon=True)
        self._thread.start()

    def _listen(self, observer: Observer, cursor: Cursor) -> None:
        for document in observer.listen(cursor):
            with self._news:
                self.heard.append(document)
                self._news.notify_all()

    def hears(self, count: int) -> list[str]:
        """Whom the events concern that have come, once there are so many."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.heard) >= count, 5), self.heard
            return told(self.heard)

    def ends(self, seconds: float = 2) -> bool:
        """Whether the listening ends by itself."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


def test_a_listener_hears_what_happened_and_what_happens(happenings: Happenings) -> None:
    happenings.happen(pull(1, "nginx:1"))
    with Observer(SUBJECT) as observer:
        listener = Listener(observer, START)
        assert listener.hears(1) == ["nginx:1"]
        happenings.happen(event(2, "container/exec_die", "c1"), pull(3, "nginx:3"))
        assert listener.hears(2) == ["nginx:1", "nginx:3"]
    assert listener.ends()


def test_a_listener_does_not_hear_again_what_its_cursor_has_seen(happenings: Happenings) -> None:
    happenings.happen(pull(1, "nginx:1"), pull(2, "nginx:2"))
    cursor = replay(START).cursor
    happenings.happen(pull(2, "nginx:3"), pull(4, "nginx:4"))
    with Observer(SUBJECT) as observer:
        listener = Listener(observer, cursor)
        assert listener.hears(2) == ["nginx:3", "nginx:4"]
        happenings.happen(pull(5, "nginx:5"))
        assert listener.hears(3) == ["nginx:3", "nginx:4", "nginx:5"]


def test_a_listener_of_a_forgotten_cursor_hears_what_is_left(happenings: Happenings) -> None:
    happenings.happen(pull(1, "nginx:1"))
    cursor = replay(START).cursor
    happenings.forget()
    happenings.happen(pull(2, "nginx:2"))
    with Observer(SUBJECT) as observer:
        assert Listener(observer, cursor).hears(1) == ["nginx:2"]


def test_silence_loses_nothing(engine: SmallEngine, happenings: Happenings) -> None:
    """After each silence the stream is opened anew; what happens meanwhile comes once."""
    with Observer(SUBJECT, timeout=0.3) as observer:
        listener = Listener(observer, START)
        for n in range(1, 4):
            happenings.happen(pull(n, f"nginx:{n}"))
            end = time.monotonic() + 5
            while engine.times("/events") <= n and time.monotonic() < end:
                time.sleep(0.01)
        assert listener.hears(3) == ["nginx:1", "nginx:2", "nginx:3"]
        assert engine.times("/events") > 3


def test_closing_wakes_whoever_listens(happenings: Happenings) -> None:
    with Observer(SUBJECT, timeout=60) as observer:
        listener = Listener(observer, START)
        happenings.happen(pull(1))
        listener.hears(1)
        assert not listener.ends(0.1)
    assert listener.ends()


def test_closing_wakes_whoever_waits_for_a_silent_engine(engine: SmallEngine) -> None:
    engine.answers["/events"] = silent
    with Observer(SUBJECT, timeout=60) as observer:
        listener = Listener(observer, START)
        assert not listener.ends(0.1)
    assert listener.ends()


def test_a_listener_stops_where_the_engine_goes_away(engine: SmallEngine, happenings: Happenings) -> None:
    happenings.happen(pull(1))
    with Observer(SUBJECT, timeout=60) as observer:
        listener = Listener(observer, START)
        listener.hears(1)
        engine.__exit__(None, None, None)
        assert listener.ends()


def test_a_listener_who_leaves_leaves_no_thread(happenings: Happenings) -> None:
    happenings.happen(pull(1))
    with Observer(SUBJECT, timeout=0.3) as observer:
        for _ in observer.listen(START):
            break
        assert nobody_waits()


def test_a_command_in_an_event_leaves_no_trace_in_its_mark() -> None:
    assert mark(event(1, "container/exec_start: a", "c")) == mark(event(1, "container/exec_start: b", "c"))
    assert mark(event(1, "container/exec_start: a", "c")) != mark(event(1, "container/exec_create: a", "c"))
