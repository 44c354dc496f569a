"""Judging goes forward: each entry is folded once, and the standing is the same as if all were folded at once."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck import evidence
from labcheck.checks import ImagePresent
from labcheck.digest import digest_of
from labcheck.journal import Journal
from labcheck.judge import judge, reported
from labcheck.lab import Lab, load
from labcheck.log import Entry, Happened, Log, Look
from labcheck.past import Past
from labcheck.progress import BEHIND, EVERY, Progress
from labcheck.replay import concluded, fold, replay, start
from labcheck.report import Report
from labcheck.standing import Standing
from labcheck.verdict import Finding
from tests.support import recorded
from tests.support.logs import LOGS, look, moments, pull
from tests.support.places import VECTORS
from tests.support.small_engine import TIME
from tests.support.small_events import event

LAB = load("push-and-pull")
KINDS = (
    "image/pull", "image/tag", "image/untag", "image/delete", "image/push", "image/prune",
    "container/create", "container/start", "container/kill", "container/die", "container/stop", "container/destroy",
)  # fmt: skip
RECORDED = {name: recorded.log(name) for name in recorded.ATTEMPTS}
BEFORE = msgspec.json.decode((VECTORS / "judged-slowly.json").read_bytes())
"""How each moment of the recordings was judged by the build that judged every earlier moment anew at each look."""


def forward(lab: Lab, log: Log, places: list[int]) -> Standing:
    """The standing, folded in pieces; between them it is written down and read back."""
    standing, done = start(lab, log.began), 0
    for place in [*sorted(places), len(log.entries)]:
        entries = log.entries[done:place]
        count, sure, now = fold(lab, standing, entries)
        alone = replay(lab, standing, entries[:count])
        assert msgspec.structs.replace(sure, torn=alone.torn) == alone, "but for what is known by now of its last look"
        assert now == replay(lab, standing, entries)
        kept = msgspec.msgpack.encode(sure)
        standing, done = msgspec.msgpack.decode(kept, type=Standing), done + count
    return replay(lab, standing, log.entries[done:])


@pytest.mark.parametrize("name", RECORDED)
def test_a_recording_is_judged_the_same_look_by_look_as_at_once(name: str) -> None:
    lab, log = recorded.lab(name), RECORDED[name]
    assert forward(lab, log, list(range(len(log.entries)))) == replay(lab, start(lab, log.began), log.entries)


def same_in_the_end(lab: Lab, log: Log) -> None:
    whole, end = replay(lab, start(lab, log.began), log.entries), concluded(lab, log.entries, log.began)
    assert msgspec.structs.replace(end, broken=whole.broken) == whole
    assert [end.is_broken(lab, step) for step in lab.steps] == [whole.is_broken(lab, step) for step in lab.steps]
    assert all(end.broken[step.id] for step in lab.steps if end.is_broken(lab, step))


@pytest.mark.parametrize("name", RECORDED)
def test_a_recording_is_judged_the_same_where_what_is_done_is_judged_only_at_the_end(name: str) -> None:
    for moment in moments(RECORDED[name]):
        same_in_the_end(recorded.lab(name), moment)


@given(LOGS)
def test_any_log_is_judged_the_same_where_what_is_done_is_judged_only_at_the_end(log: Log) -> None:
    same_in_the_end(LAB, log)


@given(LOGS, st.lists(st.integers(0, 8)))
def test_any_log_is_judged_the_same_in_pieces_as_at_once(log: Log, places: list[int]) -> None:
    whole = replay(LAB, start(LAB, log.began), log.entries)
    assert reported(LAB, forward(LAB, log, places), 1) == reported(LAB, whole, 1)


def known(log: Log) -> str:
    """The digest of the log as it was written then: without a seed."""
    new = evidence.encode(log)
    return digest_of(new.replace(b' "schema": 3,', b' "schema": 2,').replace(b',\n "seed": ""\n}', b"\n}"))


KNOWN = {name: before for name, log in RECORDED.items() if (before := BEFORE.get(known(log)))}


def test_most_recordings_are_those_that_were_judged_slowly() -> None:
    assert len(KNOWN) > 90


@pytest.mark.parametrize("name", KNOWN)
def test_a_recording_is_judged_as_by_the_build_that_judged_every_moment_anew(name: str) -> None:
    assert [said(judge(recorded.lab(name), moment)) for moment in moments(RECORDED[name])] == KNOWN[name]


def said(report: Report) -> list[list[object]]:
    """How each step of a report stands."""
    return [[step.outcome, step.state, step.done_at, step.holds_now] for step in report.steps]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that a check for nginx was judged."""
    times: list[int] = []
    judge = ImagePresent.judge

    def counted(check: ImagePresent, past: Past) -> Finding:
        if check.image == "nginx:latest":
            times.append(past.at)
        return judge(check, past)

    monkeypatch.setattr(ImagePresent, "judge", counted)
    return times


def entries(at: int) -> list[Entry]:
    """A pull and what a look sees after it."""
    return [pull(at, f"image-{at}"), look(at + 1, "nginx:latest", f"image-{at}", until=at + 2)]


def test_a_new_entry_costs_a_few_judgements_however_long_the_journal_is(tmp_path: Path, judged: list[int]) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        recorder = Progress(LAB, journal)
        for at in range(10, 3000, 10):
            journal.append(head, entries(at))
            before = len(judged)
            recorder.now(head)
            assert len(judged) - before == 1, "the new look; what the one before came to is known"
            if at % 500 == 0:
                before = len(judged)
                Progress(LAB, journal).now(head)
                assert len(judged) - before <= EVERY + BEHIND, "from a cold start, since the standing was kept"


def test_while_a_command_may_go_on_each_look_is_judged_once_at_a_time(tmp_path: Path, judged: list[int]) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=TIME)
        recorder = Progress(LAB, journal)
        journal.append(head, [Happened(event(10, "image/untag", "sha256:a"))])
        for number in range(1, EVERY // 2):
            paused = Happened(event(number * 20, "container/pause", "my-registry", name="my-registry"))
            at = TIME + number * 20
            journal.append(head, [paused, look(at + 1, "nginx:latest", f"image-{number}", until=at + 2)])
            before = len(judged)
            recorder.now(head)
            assert len(judged) - before == max(number - 1, 1), "what the first one came to is known"


def test_a_standing_is_thrown_away_where_the_lab_has_changed(tmp_path: Path) -> None:
    other = msgspec.structs.replace(LAB, steps=LAB.steps[1:2])
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        for at in range(10, 1000, 10):
            journal.append(head, entries(at))
            Progress(LAB, journal).now(head)
        for lab in (LAB, other):
            kept = Progress(lab, journal).now(head).standing
            assert kept == replay(lab, start(lab, head.began), journal.log(head).entries)


def test_what_is_filed_late_is_judged_in_its_place(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        recorder = Progress(LAB, journal)
        for at in range(10, 2000, 10):
            journal.append(head, entries(at))
            recorder.now(head)
        journal.append(head, [look(15, "httpd:latest", until=16)], after=0)
        whole = replay(LAB, start(LAB, head.began), journal.log(head).entries)
        assert isinstance(journal.log(head).entries[2], Look)
        assert recorder.now(head).standing == Progress(LAB, journal).now(head).standing == whole


def test_a_look_that_turns_out_to_be_the_middle_of_a_command_is_folded_anew(tmp_path: Path) -> None:
    removed = [Happened(event(at, f"image/{kind}", "sha256:a")) for at, kind in ((100, "untag"), (200, "delete"))]
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        recorder = Progress(LAB, journal)
        journal.append(head, [*entries(10), removed[0], look(110, "nginx:latest", until=120)])
        assert not recorder.now(head).standing.torn
        journal.append(head, [removed[1]])
        torn = recorder.now(head).standing
        assert torn.torn
        journal.append(head, [look(300, "nginx:latest", until=310)])
        whole = replay(LAB, start(LAB, head.began), journal.log(head).entries)
        assert recorder.now(head).standing == whole != torn


def test_a_damaged_standing_is_folded_anew(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        head = journal.begin(LAB.slug, engine="engine", began=1)
        for at in range(10, 1000, 10):
            journal.append(head, entries(at))
        sound = Progress(LAB, journal).now(head)
        place, _ = journal.kept(head, Progress(LAB, journal).rules(head)) or (None, b"")
        assert place is not None
        journal.keep(head, Progress(LAB, journal).rules(head), place, b"\xc1")
        assert Progress(LAB, journal).now(head) == sound


def weight(events: int) -> int:
    """How much is remembered of so many events of every kind, of one thing after the other, with looks between."""
    standing = start(LAB, 1)
    for number in range(events):
        kind = KINDS[number % len(KINDS)]
        family, _, action = kind.partition("/")
        thing = number // len(KINDS)
        actor = {"ID": f"sha256:{thing:064d}", "Attributes": {"name": f"name-{thing}:latest", "image": "nginx"}}
        entry = Happened({"Type": family, "Action": action, "timeNano": 10 * number + 10, "Actor": actor})
        seen = look(10 * number + 12, *(["nginx:latest"] if number % 20 else ["httpd:latest"]))
        standing = replay(LAB, standing, [entry] if number % 10 else [entry, seen])
    return len(msgspec.msgpack.encode(standing))


def test_what_is_remembered_does_not_grow_with_the_journal() -> None:
    assert weight(6_000) < 1.1 * weight(1_500)
