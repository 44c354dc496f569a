"""The journal against what really happens to it: killed writers, a full disk, a disk that may only be read."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.engine import COURSE_LABEL
from labcheck.errors import JournalError
from labcheck.log import Happened, Look
from tests.support.logs import look, pull
from tests.support.places import ROOT
from tests.support.small_engine import WRITTEN_TIME, SmallEngine
from tests.support.whole_logs import Journal
from tests.support.writer import LAB, started

pytestmark = pytest.mark.live

KILLS = 6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_writer_that_is_ended_at_any_moment_loses_only_what_it_was_writing(path: Path, how: signal.Signals) -> None:
    chance = random.Random(how)  # noqa: S311 - a moment, no secret
    safe = -1
    for _ in range(KILLS):
        with started("write", path) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "1\n"
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(how)
            said = process.stdout.read().split()
        with Journal(path) as journal:
            log = journal.current(LAB)
            assert log is not None
            filed = sum(isinstance(it, Happened) for it in log.entries)
            assert log.entries == tuple(
                entry for at in _times(log.looks) for entry in (pull(at), look(at, f"image-{at}"))
            ), "each event with its look, in order"
            cursor = journal.cursor(log)
            assert cursor == (str(log.looks[-1].at) if filed else None), "the cursor belongs to what was filed"
        safe = int(said[-1]) if said else safe
        assert not filed or log.looks[-1].at >= safe, "what was said to be safe is"
    assert safe > 0, "the writers had time to write"


def _times(looks: tuple[Look, ...]) -> list[int]:
    return [seen.at for seen in looks]


def test_who_waits_too_long_for_another_program_is_told(path: Path) -> None:
    with Journal(path) as journal:
        log = journal.begin(LAB, engine="", began=1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(JournalError, match="locked for 5 seconds") as refused:
            journal.append(log, [pull(1)])
        assert 4 < time.monotonic() - began < 60
        assert "fuser" in refused.value.remedy
        other.execute("ROLLBACK")
        other.close()
        assert journal.append(log, [pull(1)]).entries == (pull(1),)


def test_ten_at_once_beside_a_recorder_are_not_refused_however_long_the_log_is(path: Path) -> None:
    seen = [(pull(at), look(at + 1, *(f"image-{(at + n) % 300}" for n in range(8)))) for at in range(0, 10_000, 2)]
    with Journal(path) as journal:
        journal.append(journal.begin(LAB, engine="engine", began=1), [entry for both in seen for entry in both])
    at_once = [started("share a little", path) for _ in range(11)]
    said = [process.communicate(timeout=120)[0] for process in at_once]
    assert said == ["1\n"] * 11, "nobody was told that another kept the journal locked"
    assert [process.returncode for process in at_once] == [0] * 11


def on_a_small_disk(path: Path, script: str) -> list[str]:
    """What a shell script says that has a disk of 600 KB where the journal is, and a mount namespace of its own."""
    mounted = f"mount -t tmpfs -o size=600k none {path.parent}\n"
    writer = f'writer() {{ {sys.executable} -m tests.support.writer "$1" "$2"; }}\n'
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", mounted + writer + script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    first = on_a_small_disk(
        path,
        f"""
        writer fill {path}
        mount -o remount,size=1200k {path.parent}
        writer fill {path}
        """,
    )
    joined, filed, whole, sentence, remedy = first[:5]
    assert (joined, whole) == ("1", "True")
    assert sentence == f"The disk is full: nothing can be added to the journal {path}."
    assert f"df -h {path.parent}" in remedy
    again, more, still_whole, *_ = first[5:]
    assert (again, still_whole) == ("1", "True"), "the same attempt, with more room"
    assert int(more) > int(filed) > 0


def test_a_journal_that_finds_no_room_at_all_is_told(path: Path) -> None:
    said = on_a_small_disk(
        path,
        f"""
        writer stand {path.parent}/used/journal.db
        cat /dev/zero 2>&- > {path.parent}/zero || true
        writer stand {path}
        writer stand {path.parent}/new/journal.db
        writer stand {path.parent}/used/journal.db
        """,
    )
    assert said[0] == "1"
    assert [line.split(":")[0] for line in said[1:5:2]] == ["The disk is full"] * 2
    assert said[5:] == ["1"], "what is there can be read"


def test_a_damaged_journal_on_a_full_disk_stays_and_is_saved_when_there_is_room(path: Path) -> None:
    said = on_a_small_disk(
        path,
        f"""
        writer 'share a little' {path}
        python3 -c 'file = open("{path}", "r+b"); file.write(b"Dear diary,today")'
        was=$(cksum < {path})
        cat /dev/zero 2>&- > {path.parent}/zero || true
        writer stand {path}
        [ "$was" = "$(cksum < {path})" ] && ls {path.parent}
        rm {path.parent}/zero
        writer stand {path} 2>&1
        [ "$was" = "$(cksum < {path.parent}/damaged-1/journal.db)" ]
        """,
    )
    _, sentence, remedy, *there, notice, attempt = said
    assert sentence == (
        f"The journal {path} is damaged, and what can be read of it cannot be saved now: The disk is full."
    )
    assert f"df -h {path.parent}" in remedy
    assert there == ["journal.db", "zero"]
    assert "was damaged: 12 looks, events and answers could be saved, as far as is known" in notice
    assert attempt == "1"


def test_a_disk_that_may_only_be_read_is_told(path: Path) -> None:
    said = on_a_small_disk(
        path,
        f"""
        mount -o remount,ro {path.parent}
        writer stand {path}
        writer stand {path.parent}/new/journal.db
        """,
    )
    assert [line.partition("cannot be used: ")[2] for line in said[::2]] == ["Read-only file system."] * 2
    assert all(f"ls -la {path.parent}`" in line for line in said[1::2])


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallEngine]:
    """An engine that answers, elsewhere than on the small disk."""
    with SmallEngine(tmp_path_factory.mktemp("engine")) as answering:
        yield answering


@pytest.mark.parametrize("filed", ["nothing", "something", "something that is still in the log beside it"])
def test_with_a_full_disk_a_look_is_judged_and_shown_and_not_filed(path: Path, filed: str, engine: SmallEngine) -> None:
    check = f"{sys.executable} -m labcheck check push-and-pull 2>&1 || echo code $?"
    first = "true" if filed == "nothing" else check
    killed = f"writer vanish {path}; test -s {path}-wal" if filed.endswith("it") else "true"
    said = on_a_small_disk(
        path,
        f"""
        export DOCKER_HOST={engine.host} LABCHECK_HOME={path.parent}
        {first}
        {killed}
        cat /dev/zero 2>&- > {path.parent}/zero || true
        echo full
        {check}
        {sys.executable} -m labcheck answer push-and-pull catalog nginx 2>&1 || echo code $?
        rm {path.parent}/zero
        echo room
        {check}
        """,
    )
    full, room = said.index("full"), said.index("room")
    before, during, after = said[:full], said[full + 1 : room], said[room + 1 :]
    full_disk = f"The disk is full: nothing can be added to the journal {path}."
    assert during[0] == f"labcheck: This look was not filed. {full_disk}"
    assert "code 1" in during[1:]
    report = during[1 : during.index("code 1")]
    assert report == after[: after.index("code 1")], "the same report as where it is filed"
    assert filed != "something" or report == before[: before.index("code 1")]
    refused = during[during.index("code 1") + 1 :]
    assert refused[0] == f"labcheck: {full_disk}"
    assert refused[-1] == "code 2", "an answer is filed or refused"


def test_a_reset_on_a_full_disk_removes_nothing(path: Path, engine: SmallEngine) -> None:
    """The new attempt could not be filed: whoever lost what he made would not even have that."""
    engine.answers |= {
        "/info": {"ID": "x", "SystemTime": WRITTEN_TIME, "Labels": [f"{COURSE_LABEL}=one"]},
        "/containers/json": [{"Id": "c" * 64, "Names": ["/my-registry"], "Image": "registry:2", "State": "running"}],
        "/containers/my-registry/json": {
            "Id": "c" * 64,
            "Name": "/my-registry",
            "State": {"Status": "running"},
            "Created": "2999-01-01T00:00:00Z",
            "Config": {"Image": "registry:2"},
        },
        "/containers/my-registry": (204, {}, b""),
    }
    said = on_a_small_disk(
        path,
        f"""
        export DOCKER_HOST={engine.host} LABCHECK_HOME={path.parent}
        {sys.executable} -m labcheck check push-and-pull > /dev/null || true
        cat /dev/zero 2>&- > {path.parent}/zero || true
        {sys.executable} -m labcheck reset push-and-pull --yes 2>&1 || echo code $?
        """,
    )
    assert [asked.target for asked in engine.asked if asked.method == "DELETE"] == [], said
    assert said[0] == f"labcheck: The disk is full: nothing can be added to the journal {path}."
    assert said[-1] == "code 2"


def test_a_recorder_that_begins_on_a_full_disk_files_as_soon_as_there_is_room(path: Path, engine: SmallEngine) -> None:
    said = on_a_small_disk(
        path,
        f"""
        export DOCKER_HOST={engine.host} LABCHECK_HOME={path.parent}
        cat /dev/zero 2>&- > {path.parent}/zero || true
        {sys.executable} -m labcheck watch push-and-pull > /dev/null 2> {engine.path}.said &
        for i in $(seq 200); do grep -q 'not filed' {engine.path}.said && break; sleep 0.1; done
        sleep 2
        rm {path.parent}/zero
        for i in $(seq 200); do [ -s {path} ] && break; sleep 0.1; done
        sleep 2
        kill $! || true
        wait $! 2>&- || true
        writer count {path}
        cat {engine.path}.said
        """,
    )
    assert said == [
        "1",
        "1 entries",
        f"labcheck: This look was not filed. The disk is full: nothing can be added to the journal {path}.",
    ]
    with Path(f"{engine.path}.said").open(encoding="utf-8") as told:
        assert len(told.readlines()) == 1, "once, not with every look"
