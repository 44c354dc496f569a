"""An ordinary user has the same course as root, and root inside is nobody but themselves."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from labcheck.lab import slugs
from tests.live.course import opened
from tests.live.leftovers import theirs, wait_for
from tests.live.ordinary import LABCHECK, made_home, ran, typed
from tests.live.person import RESERVED, UID
from tests.live.test_mistakes import EACH_KIND
from tests.support.mistake import read
from tests.support.places import ROOT

WORKS = "from labcheck.sandbox.outside.lacking import overlay_works; print(overlay_works())"
STRESS = os.environ.get("LABCHECK_STRESS") == "1"
LESSONS = slugs() if STRESS else ("start-here", "push-and-pull", "credentials-and-tls")
MISTAKES = EACH_KIND if STRESS else EACH_KIND[3::5]
"""A share of what root's engine is tried with; the matrix plays more of it without root."""
ANOTHER = Path(__file__).with_name("another_user.py")


@pytest.fixture
def persons_home(tmp_path: Path) -> Path:
    """A home with the course's images already built."""
    return made_home(tmp_path / "home")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_the_same_without_root(persons_home: Path, lesson: str) -> None:
    told = ran(persons_home, *LABCHECK, "rehearse", lesson)
    assert re.search(rf"^{lesson}: all \d+ steps are proved$", told, re.MULTILINE), told


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_named_and_mended_without_root(persons_home: Path, name: str) -> None:
    playing = f"cd {ROOT} && exec {sys.executable} -m tests.live.playing {name}"
    said = json.loads(ran(persons_home, *LABCHECK, "sandbox", "run", "--", "sh", "-c", playing))
    mistake = read(name)
    assert said["mended"], said.get("verdict", said["fix"])
    seen = (said.get("verdict") or {}).get("diagnosis") or "none"
    assert mistake.diagnosis in {said.get("told"), seen}


OLD = """#!/bin/sh
case "$*" in *--map-au*) echo "unrecognized option" >&2; exit 1;; esac
exec /usr/bin/unshare "$@"
"""
"""What util-linux had before 2.38, as on Ubuntu 22.04."""


def said(command: Sequence[str]) -> str:
    """What it says, on one line; on a busy machine the doctor says that trying did not end in time."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    return " ".join(done.stdout.split())


def test_an_unshare_that_cannot_map_ids_is_no_hindrance(persons_home: Path) -> None:
    old = persons_home / "bin/unshare"
    old.parent.mkdir()
    old.write_text(OLD)
    old.chmod(0o755)
    script = """
    cat /proc/self/uid_map
    docker pull -q busybox
    docker run --rm -v "$HOME":/host busybox sh -c 'touch /host/made && chown 12:13 /host/made'
    """
    path = f"PATH={old.parent}:{os.environ['PATH']}"
    told = ran(persons_home, "env", path, *LABCHECK, "sandbox", "run", "--", "sh", "-ec", script)
    assert [line.split() for line in told.splitlines()[:2]] == [
        ["0", str(UID), "1"],
        ["1", str(RESERVED), "65535"],
    ]
    made = (persons_home / "made").stat()
    assert (made.st_uid, made.st_gid) == (RESERVED + 11, RESERVED + 12)
    doctor = typed(persons_home, "env", path, *LABCHECK, "doctor")
    assert wait_for(lambda: "making one was tried, and worked" in said(doctor), within=120), said(doctor)
    assert ran(persons_home, "env", path, sys.executable, "-c", WORKS) == "True\n"
    lasting = typed(persons_home, "env", path, *LABCHECK, "sandbox", "run", "--", "sh", "-c", "echo; exec sleep 99")
    with subprocess.Popen(lasting, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        everything = theirs(process.pid)
        process.kill()
    assert len(everything) > 5
    assert wait_for(lambda: not any(one.alive for one in everything))


@pytest.fixture
def engine_of_others(tmp_path: Path) -> Iterator[None]:
    """Another user's engine, in a folder that is closed to everybody else: the kernel lists its socket all the same."""
    (tmp_path / "others").mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "others/docker.sock"))
        listener.listen()
        yield


@pytest.fixture
def of_root(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A server on this machine's own loopback, and a word that a process of root's has in its command line."""
    word = f"sleeping-{tmp_path.name}"
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", word]) as sleeping,
    ):
        yield listener.getsockname()[1], word
        sleeping.kill()


@pytest.mark.usefixtures("engine_of_others")
def test_root_inside_can_do_no_more_than_the_user_outside(persons_home: Path, of_root: tuple[int, str]) -> None:
    port, word = of_root
    secret = persons_home / "secret"
    secret.write_text("of root\n", encoding="utf-8")
    secret.chmod(0o600)
    os.chown(secret, 0, 0)
    script = f"""
    docker pull -q busybox >/dev/null
    docker run --rm -v /:/all busybox cat /all{secret} 2>&1
    docker run --rm --privileged --pid host -v /:/all busybox sh -c 'echo x >/all/usr/labcheck-was-here' 2>&1
    docker run --rm --privileged --pid host -v /:/all busybox sh -c 'cat /proc/[0-9]*/cmdline /all/proc/[0-9]*/cmdline'
    docker run --rm --privileged --network host busybox nc -w 2 127.0.0.1 {port} </dev/null 2>&1
    docker run --rm -v {persons_home}:/host busybox sh -c 'echo mine >/host/made; id -u'
    """
    told = ran(persons_home, *LABCHECK, "sandbox", "run", "--", "sh", "-c", script)
    assert "of root" not in told
    assert told.count("ermission denied") == 2, told
    assert "dockerd" in told
    assert word not in told
    assert "Connection refused" in told
    assert not Path("/usr/labcheck-was-here").exists()
    assert (persons_home / "made").stat().st_uid == UID


def test_another_user_of_the_machine_gets_neither_the_token_nor_the_engine(persons_home: Path) -> None:
    (persons_home / "for-all").write_text("for everybody\n", encoding="utf-8")
    with opened(typed(persons_home, *LABCHECK, "start", "--no-browser")) as (course, process):
        there = ["nsenter", f"--target={process.pid}", "--mount"]
        looking = [sys.executable, "-P", str(ANOTHER), str(persons_home), f"http://{course.server}/"]
        seen = subprocess.run([*there, *looking], capture_output=True, text=True, timeout=240, check=True).stdout
        assert "for everybody" in seen
        assert "dockerd" in seen
        assert "the page says 403" in seen
        assert course.token not in seen
        assert "an engine of" not in seen
        own = persons_home / ".local/share/labcheck"
        assert own.stat().st_mode & 0o7777 == 0o700
        assert not [line for line in seen.splitlines() if line.startswith(str(own))]
        process.terminate()
        assert process.wait(timeout=240) == 0


def test_their_course_opens_is_listed_closed_and_removed(persons_home: Path) -> None:
    with opened(typed(persons_home, *LABCHECK, "start", "--no-browser")) as (course, process):
        with course.terminal() as terminal:
            terminal.types("docker pull -q busybox && docker create --name kept busybox")
            terminal.types("until labcheck reference nginx; do sleep 0.2; done")
        assert "[" in course.run("import os; print(os.listdir('.'))")
        assert "course-rootless" in ran(persons_home, *LABCHECK, "sandbox", "status")
        ended = ran(persons_home, *LABCHECK, "sandbox", "down")
        assert "its data stays" in ended
        assert process.wait(timeout=240) == 0
    data = persons_home / ".local/share/labcheck/course-rootless"
    assert data.is_dir()
    assert wait_for(lambda: "No sandbox" in ran(persons_home, *LABCHECK, "sandbox", "status"))
    assert "containers 1  images 1" in ran(persons_home, *LABCHECK, "sandbox", "remove", "--yes")
    assert not data.exists()
