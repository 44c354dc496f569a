"""How a sandbox ends: by itself, by Ctrl-C, by kill -9 of any of its processes, by ``down``. Nothing ever stays."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from labcheck.engine import BIRTH_LABEL, COURSE_LABEL, Info
from labcheck.errors import SandboxError
from labcheck.home import home
from labcheck.sandbox import cgroups
from labcheck.sandbox.outside import Sandbox, down, opened, status, storage
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.outside.running import sweep
from tests.live.leftovers import at_rest, descendants, groups, machine, processes, wait_for
from tests.live.terminal import terminal
from tests.live.typed import MEMORY, running, typed

TRAPPING = "trap 'exit 3' INT; echo go; sleep 50"
WITH_A_CONTAINER = "docker run -d --rm busybox sleep 60 >/dev/null && echo started && exec sleep 61"


@contextmanager
def started(*command: str, data: str = MEMORY) -> Iterator[tuple[subprocess.Popen[str], Record]]:
    """A sandbox running a command that says when it has started, and what is written down about it."""
    known = set((home() / "sandboxes").glob("*.json"))
    process = subprocess.Popen(running(*command, data=data), stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            (path,) = set((home() / "sandboxes").glob("*.json")) - known
            yield process, msgspec.json.decode(path.read_bytes(), type=Record)
        finally:
            process.kill()


@pytest.mark.parametrize("whose", ["outer", "chain", "first", "engine"])
def test_kill_9_leaves_nothing(whose: str) -> None:
    before = at_rest()
    with started("sh", "-c", WITH_A_CONTAINER) as (process, record):
        inside = processes(record.first)
        assert len(inside) > 6
        assert groups(record.id)
        if whose == "engine":
            # Without its engine a sandbox goes on: a learner may stop it, and start it again.
            os.kill(_named("dockerd", inside), signal.SIGKILL)
            time.sleep(0.2)
            assert record.first.alive
            process.kill()
        else:
            os.kill({"outer": process.pid, "chain": record.chain.pid, "first": record.first.pid}[whose], signal.SIGKILL)
        assert process.wait(timeout=240) == (-signal.SIGKILL if whose in {"outer", "engine"} else 128 + signal.SIGKILL)
    assert wait_for(lambda: not [one for one in inside if one.alive])
    if whose == "outer":
        with opened(source="course", outbound=False):
            assert groups(record.id) == [], "the next start sweeps"
    sweep()
    assert groups(record.id) == []
    assert machine() == before


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.3, 0.45, 0.6, 0.8, 1.1])
def test_kill_9_at_any_moment(seconds: float) -> None:
    before = at_rest()
    busy = "docker run -d --restart=always busybox sleep 60; docker restart $(docker ps -q); exec sleep 61"
    with subprocess.Popen(running("sh", "-c", busy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        inside = {one for record in records() for one in processes(record.first)}
        process.kill()
    known = [record.id for record in records()]
    assert wait_for(lambda: not any(record.chain.alive for record in records()))
    sweep()
    assert not [one for one in inside if one.alive]
    assert not [group for one in known for group in groups(one)]
    assert wait_for(lambda: machine() == before)


def test_a_paused_container_ends_too(world: Sandbox) -> None:
    paused = "docker run -d --name still busybox sleep 60 && docker pause still"
    with opened(source="course", outbound=False) as one:
        assert one.run(["sh", "-c", paused]).returncode == 0
        inside = processes(one.first)
    assert not [process for process in inside if process.alive]
    assert groups(one.id) == []
    with started("sh", "-c", f"{{ {paused}; }} >&2 && echo started && sleep 61") as (outer, record):
        inside = processes(record.first)
        outer.kill()
    assert wait_for(lambda: not record.chain.alive)
    sweep()
    assert not [process for process in inside if process.alive]
    assert groups(record.id) == []
    assert world.run(["docker", "ps", "-q"]).returncode == 0, "others stay as they are"


def test_a_command_that_leaves_a_container_paused_ends_its_sandbox() -> None:
    paused = "docker run -d --name still busybox sleep 60 && docker pause still"
    with started("sh", "-c", f"{{ {paused}; }} >&2 && echo started && exit 3") as (process, record):
        assert process.wait(timeout=240) == 3
    assert groups(record.id) == []


def test_sigterm_is_passed_on() -> None:
    trapping = 'trap "echo asked; exit 4" TERM; echo started; while :; do sleep 0.05; done'
    with started("sh", "-c", trapping) as (process, record):
        process.terminate()
        assert process.wait(timeout=240) == 4
        assert process.stdout is not None
        assert process.stdout.read() == "asked\n"
    assert not record.alive


def test_a_shell_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PS1", "here> ")
    with terminal(["bash", "--norc", "-i"]) as one:
        one.type(f"PS1='inside> '; {shlex.join(running('bash', '--norc', '-i'))}\n")
        one.see("\ninside> ")
        one.type("PS1='deep> '\n")
        one.see("\ndeep> ")
        one.type("sleep 50\n")
        one.runs("sleep")
        one.type("\x03")
        one.see("\ndeep> ")
        one.type("echo code $?; docker ps -q; echo engine $?; cat\n")
        one.see("\ncode 130")
        one.see("\nengine 0")
        one.runs("cat")
        one.type("\x1a")
        one.see("Stopped")
        one.see("\ndeep> ")
        one.type("fg\n")
        one.see("cat\r\n")
        one.runs("cat")
        one.type("\x03")
        one.see("deep> ")
        one.type("exit 5\n")
        one.see("\ninside> ")
        one.type("echo code $?\n")
        one.see("\ncode 5")


def test_the_terminal_comes_back_to_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PS1", "inside> ")
    script = f"{shlex.join(running('bash', '--norc', '-i'))}; read word; echo read $word"
    with terminal(["sh", "-c", script]) as one:
        one.see("inside> ")
        one.type("exit\n")
        one.see("exit\r\n")
        one.type("this\n")
        one.see("\nread this")


def test_a_command_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PS1", "here> ")
    with terminal(["bash", "--norc", "-i"]) as one:
        one.type(f"{_script(TRAPPING)}; echo code $?\n")
        one.see("\ngo")
        time.sleep(0.2)
        one.type("\x03")
        one.see("code 3")
        one.type(f"{_script('echo go; sleep 2; echo gone')}\n")
        one.see("\ngo")
        time.sleep(0.2)
        one.type("\x1a")
        one.see("Stopped")
        one.type("echo meanwhile; fg\n")
        one.see("\nmeanwhile")
        one.see("\ngone")
        one.type(f"{_script('echo go; sleep 0.3')} &\n")
        one.see("go\r\n")
        one.type("echo still here; wait\n")
        one.see("\nstill here")
        one.see("Done")


def identity(world: Sandbox) -> tuple[str, str, str]:
    info = Info(json.loads(world.run(["docker", "info", "-f", "{{json .}}"]).stdout))
    return info.label(COURSE_LABEL), info.label(BIRTH_LABEL), str(info.document["ID"])


def test_data_is_there_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with opened(data=data, source="course", outbound=False) as first:
        done = first.run(
            [
                "sh",
                "-ec",
                "docker run -d --name web --restart=always -p 80:80 -v kept:/kept nginx; docker volume ls -q;",
            ]
        )
        assert done.returncode == 0, done
        first.run(["docker", "exec", "web", "sh", "-c", "echo kept > /kept/file"])
        who = identity(first)
        first.run(["sh", "-c", "echo '{' > /etc/docker/daemon.json"])
        with pytest.raises(SandboxError, match="Another sandbox is using"), opened(data=data):
            pass
    assert groups(first.id) == []
    with opened(data=data, source="course", outbound=False) as again:
        assert again.id == first.id
        assert identity(again) == who
        answer = "for i in $(seq 600); do curl -fs localhost >/dev/null && exit; sleep 0.05; done; exit 1"
        assert again.run(["sh", "-c", answer]).returncode == 0
        assert again.run(["docker", "exec", "web", "cat", "/kept/file"]).stdout == "kept\n"
        assert again.run(["docker", "images", "-q"]).stdout.count("\n") == 1


def test_data_survives_kill_9(tmp_path: Path) -> None:
    keep = "docker run -d --name web --restart=always nginx >/dev/null && echo started && exec sleep 60"
    with started("sh", "-c", keep, data=str(tmp_path)) as (process, record):
        process.kill()
    answer = typed("sh", "-c", "docker ps --format '{{.Names}}'; docker info -f '{{.Labels}}'", data=str(tmp_path))
    assert answer.stdout.startswith("web\n"), answer
    assert record.id in answer.stdout
    assert groups(record.id) == []


def test_down_ends_all_and_keeps_what_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = home() / "images"
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    home().mkdir()
    (home() / "images").symlink_to(images)
    data = home() / "data"
    data.mkdir()
    (data / "mine").write_text("not the course's")
    before = descendants(os.getpid())
    with (
        started("sh", "-c", WITH_A_CONTAINER, data=str(data)) as (ended, one),
        started("sh", "-c", WITH_A_CONTAINER) as (other, two),
    ):
        assert [(seen.pid, seen.data, seen.containers) for seen in status()] == [
            (one.first.pid, data, 1),
            (two.first.pid, None, 1),
        ]
        with pytest.raises(SandboxError, match="Another sandbox is using"):
            storage.remove()
        assert [seen.id for seen in down()] == [one.id, two.id]
        assert ended.wait(timeout=240) == 128 + signal.SIGTERM, "its command was asked to end"
        assert other.wait(timeout=240) == 128 + signal.SIGKILL
    assert status() == down() == ()
    assert groups(one.id) == groups(two.id) == []
    assert wait_for(lambda: descendants(os.getpid()) == before)
    (held,) = storage.usage()
    assert (held.folder, held.images, held.volumes) == (data, 1, 0)
    with opened(data=data, source="course", outbound=False) as again:
        assert again.id == one.id
        assert again.run(["docker", "images", "-q"]).stdout.count("\n") == 1
    storage.remove()
    assert sorted(path.name for path in home().rglob("*")) == ["data", "images", "mine", "sandboxes"]


def test_down_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_SANDBOX", "any")
    with pytest.raises(SandboxError, match="inside a sandbox"):
        down()


def test_a_killed_sandbox_s_groups_are_removed_though_its_record_has_gone() -> None:
    with started("sh", "-c", WITH_A_CONTAINER) as (outer, record):
        sweep()
        assert groups(record.id)
        outer.kill()
    assert wait_for(lambda: not record.alive)
    record.forget()  # as with the course's home

    def are_swept() -> bool:
        sweep()
        return not groups(record.id)

    assert wait_for(are_swept)  # its containers may still be ending


def test_groups_in_use_are_not_removed() -> None:
    with started("sh", "-c", WITH_A_CONTAINER) as (_, record):
        assert not cgroups.remove(record.id, within=0.1)
        assert groups(record.id)


def _named(name: str, inside: set[Process]) -> int:
    return next(one.pid for one in inside if Path(f"/proc/{one.pid}/comm").read_text() == f"{name}\n")


def _script(text: str) -> str:
    return shlex.join(running("sh", "-c", text))
