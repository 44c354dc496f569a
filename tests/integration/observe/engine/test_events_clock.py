"""The engine's clock is set back or forward: no event is lost, none comes twice, and no gap is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.engine import Event
from labcheck.observe import Cursor, Observer, Replay
from labcheck.query import Subject
from tests.support.small_engine import TIME, SmallEngine
from tests.support.small_events import Happenings, event

SECOND = 1_000_000_000
NOW = "2026-11-18T11:06:50Z"
"""Ten seconds after ``TIME``, roughly."""
SHIFTS = [-3600, -60, -11, -1, 1, 3600]
"""Seconds; after the later ones the engine's clock is behind what happened before."""
SUBJECT = Subject(repositories=frozenset({"docker.io/library/nginx"}))


@pytest.fixture
def happenings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Happenings]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as engine:
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        events = Happenings()
        engine.answers |= {"/info": {"SystemTime": NOW}, "/events": events.answer}
        yield events
        events.end()


def pull(seconds: float, tag: str) -> dict[str, object]:
    return event(int(seconds * SECOND), "image/pull", f"nginx:{tag}", name="nginx")


def replay(observer: Observer, cursor: Cursor) -> tuple[list[str], bool, Cursor]:
    seen = observer.events(cursor, observer.observe(()))
    assert isinstance(seen, Replay), seen
    return [Event(document).actor for document in seen.documents], seen.gap, seen.cursor


@pytest.mark.parametrize("shift", SHIFTS)
def test_a_replay_follows_the_engines_order_not_its_clock(happenings: Happenings, shift: int) -> None:
    with Observer(SUBJECT, timeout=5) as observer:
        happenings.happen(pull(1, "1"), pull(2, "2"))
        first, _, cursor = replay(observer, Cursor(TIME))
        happenings.happen(pull(3, "3"), pull(4 + shift, "4"), pull(5 + shift, "5"))
        second, gap, cursor = replay(observer, cursor)
        assert (first, second, gap) == (["nginx:1", "nginx:2"], ["nginx:3", "nginx:4", "nginx:5"], False)
        assert replay(observer, cursor) == ([], False, cursor)
        happenings.happen(pull(6 + shift, "6"))
        assert replay(observer, cursor)[:2] == (["nginx:6"], False)


@pytest.mark.parametrize("shift", SHIFTS)
def test_a_gap_is_told_where_the_engine_really_forgot(happenings: Happenings, shift: int) -> None:
    with Observer(SUBJECT, timeout=5) as observer:
        happenings.happen(pull(1, "1"))
        cursor = replay(observer, Cursor(TIME))[2]
        happenings.forget()
        happenings.happen(pull(2 + shift, "2"))
        told, gap, cursor = replay(observer, cursor)
        assert (told, gap) == (["nginx:2"], True)
        assert replay(observer, cursor) == ([], False, cursor)


@pytest.mark.parametrize("shift", SHIFTS)
def test_what_comes_after_nothing_is_new(happenings: Happenings, shift: int) -> None:
    with Observer(SUBJECT, timeout=5) as observer:
        cursor = replay(observer, Cursor(TIME))[2]
        happenings.happen(pull(1 + shift, "1"))
        assert replay(observer, cursor)[:2] == (["nginx:1"], False)


@pytest.mark.parametrize("shift", SHIFTS)
def test_a_listener_hears_each_once(happenings: Happenings, shift: int) -> None:
    with Observer(SUBJECT, timeout=2) as observer:
        happenings.happen(pull(1, "1"), pull(2, "2"))
        cursor = replay(observer, Cursor(TIME))[2]
        happenings.happen(pull(3, "3"), pull(4 + shift, "4"))
        heard, three, five = [], threading.Event(), threading.Event()

        def listen() -> None:
            for document in observer.listen(cursor):
                heard.append(Event(document).actor)
                (three if len(heard) < 3 else five).set()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        assert three.wait(5)
        happenings.happen(pull(5 + shift, "5"))
        assert five.wait(5)
        observer.close()
        thread.join(5)
    assert heard == ["nginx:3", "nginx:4", "nginx:5"]


def test_a_proxy_that_takes_our_end_for_the_end_of_all(happenings: Happenings) -> None:
    happenings.takes_an_end = False
    with Observer(SUBJECT, timeout=5) as observer:
        happenings.happen(pull(1, "1"))
        told, gap, cursor = replay(observer, Cursor(TIME))
        assert (told, gap) == (["nginx:1"], False)
        happenings.happen(pull(2, "2"), pull(3600, "3"))
        told, gap, cursor = replay(observer, cursor)
        assert (told, gap) == (["nginx:2"], False), "what the engine's clock calls the future is told when it has come"
        assert replay(observer, Cursor(TIME + 3600 * SECOND, "its own")) == (
            [],
            False,
            Cursor(TIME + 3600 * SECOND, "its own"),
        )
