"""A reset removes where it was looked, nowhere else, and leaves no thread and no open file behind."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labcheck.attempt import opened
from labcheck.engine import COURSE_LABEL
from labcheck.errors import Refused
from labcheck.filing import Filed, file
from labcheck.lab import parse
from labcheck.report import Report, rfc3339
from labcheck.sight import Sight
from labcheck.watch import watch
from tests.support.loopback import Asked, reply
from tests.support.small_engine import WRITTEN_TIME, SmallEngine
from tests.support.small_events import Happenings, event

CHECK = "{check: container-runs, name: web, image: nginx}"
LAB = parse(f"title: A\nsteps:\n- {{id: run, title: Run it, checks: [{CHECK}]}}\n", "a")
CONTAINER = {
    "Id": "c" * 64,
    "Name": "/web",
    "Image": "sha256:" + "a" * 64,
    "Config": {"Image": "nginx"},
    "State": {"Status": "running"},
}
PARTLY = parse(
    f"title: A\nsteps:\n- {{id: run, title: Run it, checks: [{CHECK}]}}\n"
    "- {id: clean-up, title: Clean up, after: [run], undoes: [run], points: 2, partial: true, checks: ["
    "{check: container-absent, name: web}, {check: container-absent, name: other}, "
    "{check: container-runs, name: new, image: nginx}]}\n",
    "partly",
)
CLEANED = parse(
    f"title: A\nsteps:\n- {{id: run, title: Run it, checks: [{CHECK}]}}\n"
    "- {id: clean-up, title: Clean up, after: [run], undoes: [run], checks: [{check: container-absent, name: web}]}\n",
    "cleaned",
)
GONE = reply(204)
SLACK = 6
"""Threads and files that a look in the middle of its work may have more than another."""


def _info(identity: str) -> dict[str, object]:
    return {"ID": "x", "SystemTime": WRITTEN_TIME, "Labels": [f"{COURSE_LABEL}={identity}"]}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happenings: Happenings) -> Iterator[SmallEngine]:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        small.answers |= {
            "/info": _info("one"),
            "/events": happenings.answer,
            "/containers/json": [{"Id": "c" * 64, "Names": ["/web"], "Image": "nginx", "State": "running"}],
            "/containers/web/json": CONTAINER,
            "/containers/web": GONE,
        }
        yield small


def _removed(engine: SmallEngine) -> list[str]:
    return [asked.target.partition("?")[0] for asked in engine.asked if asked.method == "DELETE"]


def test_a_reset_removes_on_the_engine_that_docker_context_names(
    engine: SmallEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "contexts" / "meta" / "0"
    place.mkdir(parents=True)
    context = {"Name": "mine", "Endpoints": {"docker": {"Host": engine.host}}}
    (place / "meta.json").write_text(json.dumps(context), encoding="utf-8")
    monkeypatch.delenv("DOCKER_HOST")
    monkeypatch.setenv("DOCKER_CONTEXT", "mine")
    with opened(LAB) as attempt:
        attempt.reset(attempt.leftovers())
    assert _removed(engine) == ["/v1.41/containers/web"]


def test_nothing_is_removed_where_another_engine_answers_meanwhile(engine: SmallEngine) -> None:
    with opened(LAB) as attempt:
        found = attempt.leftovers()
        engine.answers["/info"] = _info("another")
        with pytest.raises(Refused, match="a different Docker engine") as refused:
            attempt.reset(found)
    assert refused.value.remedy
    assert _removed(engine) == []


def test_whoever_chooses_another_engine_meanwhile_loses_nothing_there(
    engine: SmallEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    with SmallEngine(tmp_path / "other") as other, opened(LAB) as attempt:
        found = attempt.leftovers()
        monkeypatch.setenv("DOCKER_HOST", other.host)
        attempt.reset(found)
        assert _removed(other) == []
    assert _removed(engine) == ["/v1.41/containers/web"]


def _removing(engine: SmallEngine, meanwhile: Callable[[], object]) -> Callable[[Asked, socket.socket], bytes]:
    """What the engine does when it is told to remove the container."""

    def answer(*_: object) -> bytes:
        engine.answers["/containers/json"] = []
        del engine.answers["/containers/web/json"]
        meanwhile()
        return GONE

    return answer


def test_what_a_reset_removes_completes_no_step_for_whoever_looks_meanwhile(engine: SmallEngine) -> None:
    def look() -> Report:
        with opened(CLEANED) as recorder:  # each thread has its own connection to the journal
            return recorder.look()

    with opened(CLEANED) as attempt:
        assert attempt.look().step("run").done
        engine.answers["/containers/web"] = _removing(engine, look)
        new = attempt.reset(attempt.leftovers())
        (old, newest) = attempt.journal.attempts("cleaned")
        assert newest == new
        assert list(attempt.progress.now(old).standing.done) == ["run"]
        assert look().attempt == new.attempt


def test_a_step_that_is_done_by_a_removal_alone_is_filed_as_played(engine: SmallEngine) -> None:
    def look() -> Report:
        with opened(CLEANED) as recorder:
            return recorder.look()

    with opened(CLEANED) as attempt:
        assert attempt.look().points == 1
        engine.answers["/containers/web"] = _removing(engine, look)
        attempt.remove(attempt.leftovers())
        report = attempt.look()
        assert report.attempt == 1, "the attempt goes on"
        assert [(step.id, step.done, step.points) for step in report.steps] == [("run", True, 1), ("clean-up", True, 0)]
        assert [it.what for it in report.step("clean-up").shown] == ["played"]
        assert look().points == 1


def test_a_part_that_a_removal_alone_completes_gives_no_points(engine: SmallEngine) -> None:
    with opened(PARTLY) as attempt:
        before = attempt.look().points
        engine.answers["/containers/web"] = _removing(engine, lambda: None)
        attempt.remove(attempt.leftovers())
        report = attempt.look()
        assert not report.step("clean-up").done
        assert report.points <= before
        assert [it.what for it in report.step("clean-up").shown] == ["played"]


def test_a_removal_that_completes_nothing_is_filed_as_nothing(engine: SmallEngine) -> None:
    with opened(CLEANED) as attempt:
        attempt.look()
        attempt.remove(attempt.leftovers())  # something starts it again
        assert not attempt.look().step("clean-up").shown
        engine.answers["/containers/json"] = []
        del engine.answers["/containers/web/json"]
        assert attempt.look().points == 2, "the learner cleans up, and earns it"


def test_a_look_that_began_before_a_reset_is_not_filed_in_the_attempt_after_it(engine: SmallEngine) -> None:
    with opened(LAB) as attempt, opened(LAB) as recorder:
        now = time.time_ns
        engine.answers["/info"] = lambda *_: reply(200, _info("one") | {"SystemTime": rfc3339(now())})
        assert attempt.look().step("run").done
        seen = Sight(recorder.journal, recorder.observer, recorder.queries(), None)
        engine.answers["/containers/web"] = _removing(engine, lambda: None)
        new = attempt.reset(attempt.leftovers())
        assert file([recorder.asking], recorder.journal, seen) == [Filed(new, [])]
        assert not recorder.look().step("run").done


def test_twenty_resets_leave_no_thread_and_no_open_file(engine: SmallEngine, happenings: Happenings) -> None:
    over = threading.Event()
    reports: list[int] = []

    def record() -> None:
        with opened(LAB) as recorded:
            reports.extend(report.attempt for report in watch(recorded, until=over))

    recorder = threading.Thread(target=record, daemon=True)
    recorder.start()
    counts = []
    with opened(LAB) as attempt:
        attempt.look()
        for _ in range(20):
            attempt.reset(attempt.leftovers())
            _until(lambda: _listeners() == 1, happenings)
            counts.append((threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))))
    over.set()
    happenings.happen(event(1, "image/pull", "nginx:latest", name="nginx"))
    recorder.join(10)
    assert _removed(engine) == ["/v1.41/containers/web"] * 20
    assert counts[-1][0] <= counts[0][0] + SLACK
    assert counts[-1][1] <= counts[0][1] + SLACK


def _listeners() -> int:
    """How many threads wait for events."""
    return sum(thread.name.endswith("(listen)") for thread in threading.enumerate())


def _until(holds: Callable[[], bool], happenings: Happenings) -> None:
    """Wait for it, while things happen."""
    deadline = time.monotonic() + 5
    while True:
        happenings.happen(event(time.monotonic_ns(), "image/pull", "nginx:latest", name="nginx"))
        time.sleep(0.1)
        if holds() or time.monotonic() > deadline:
            return
