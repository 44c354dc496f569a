"""An ordinary user has the same course as root, and root inside is nobody but themselves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from labcheck.home import home
from labcheck.sandbox.outside.process import Process
from tests.live.course import opened
from tests.live.leftovers import descendants, wait_for
from tests.live.person import UID, as_person, on_a_machine_with

LABCHECK = (sys.executable, "-m", "labcheck")
KILLS = range(100 if os.environ.get("LABCHECK_STRESS") == "1" else 2)
BUSY = """
docker pull -q busybox >/dev/null; docker run -d busybox sleep 100 >/dev/null
while :; do labcheck check push-and-pull >/dev/null; docker tag busybox x; docker rmi x >/dev/null; done
"""
"""Work for all processes of a sandbox: engine, mirror, containers, and the checker."""


@pytest.fixture
def persons_home(tmp_path: Path) -> Path:
    """A home with the course's images already built."""
    own = tmp_path / "home"
    shutil.copytree(home() / "images", own / ".local/share/labcheck/images", symlinks=True)
    for path in (own, *own.rglob("*")):
        os.chown(path, UID, UID, follow_symlinks=False)
    return own


def typed(persons_home: Path, *command: str) -> list[str]:
    """What to start so that the person runs this on a machine that knows them."""
    own = (f"HOME={persons_home}", "LABCHECK_IMAGES=course", "PYTHONDONTWRITEBYTECODE=1")
    return on_a_machine_with(persons_home, *as_person("env", "--unset=LABCHECK_HOME", *own, *command))


def ran(persons_home: Path, *command: str) -> str:
    """What it printed; it must have succeeded."""
    done = subprocess.run(
        typed(persons_home, *command), capture_output=True, text=True, timeout=240, check=False, cwd=persons_home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_practice_is_the_same_without_root(persons_home: Path) -> None:
    told = ran(persons_home, *LABCHECK, "rehearse", "push-and-pull")
    assert "push-and-pull: all 10 steps are proved" in told


@pytest.fixture
def engine_of_others(tmp_path: Path) -> Iterator[None]:
    """Another user's engine, in a folder that is closed to everybody else: the kernel lists its socket all the same."""
    (tmp_path / "others").mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "others/docker.sock"))
        listener.listen()
        yield


@pytest.mark.usefixtures("engine_of_others")
def test_root_inside_can_do_no_more_than_the_user_outside(persons_home: Path) -> None:
    secret = persons_home / "secret"
    secret.write_text("of root\n", encoding="utf-8")
    secret.chmod(0o600)
    os.chown(secret, 0, 0)
    script = f"""
    docker pull -q busybox >/dev/null
    docker run --rm -v {persons_home}:/host busybox cat /host/secret 2>&1
    docker run --rm --privileged --pid host -v /:/all busybox sh -c 'echo x >/all/usr/labcheck-was-here' 2>&1
    docker run --rm -v {persons_home}:/host busybox sh -c 'echo mine >/host/made; id -u'
    """
    told = ran(persons_home, *LABCHECK, "sandbox", "run", "--", "sh", "-c", script)
    assert "of root" not in told
    assert told.count("ermission denied") == 2, told
    assert not Path("/usr/labcheck-was-here").exists()
    assert (persons_home / "made").stat().st_uid == UID


def test_their_course_opens_is_listed_closed_and_removed(persons_home: Path) -> None:
    with opened(typed(persons_home, *LABCHECK, "start", "--no-browser")) as (course, process):
        with course.terminal() as terminal:
            terminal.types("docker pull -q busybox && docker create --name kept busybox")
            terminal.types("until labcheck reference nginx; do sleep 0.2; done")
        assert "[" in course.run("import os; print(os.listdir('.'))")
        assert "course-rootless" in ran(persons_home, *LABCHECK, "sandbox", "status")
        ended = ran(persons_home, *LABCHECK, "sandbox", "down")
        assert "its data stays" in ended
        assert process.wait(timeout=60) == 0
    data = persons_home / ".local/share/labcheck/course-rootless"
    assert data.is_dir()
    assert wait_for(lambda: "No sandbox" in ran(persons_home, *LABCHECK, "sandbox", "status"))
    assert "containers 1  images 1" in ran(persons_home, *LABCHECK, "sandbox", "remove", "--yes")
    assert not data.exists()


@pytest.mark.parametrize("seed", KILLS)
def test_whatever_is_killed_at_whatever_moment_nothing_is_left(persons_home: Path, seed: int) -> None:
    any_of = random.Random(seed)  # noqa: S311 - no secret
    command = typed(persons_home, *LABCHECK, "sandbox", "run", "--", "sh", "-c", BUSY)
    busy = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert wait_for(lambda: theirs(busy.pid))
    time.sleep(any_of.uniform(0, 6))
    everything = {Process.of(busy.pid)} | theirs(busy.pid)
    any_of.choice(sorted(everything, key=lambda process: process.pid)).send(signal.SIGKILL)
    time.sleep(any_of.uniform(0, 1))
    everything |= theirs(busy.pid)
    busy.kill()
    busy.wait(timeout=20)
    assert wait_for(lambda: not [one for one in everything if one.alive], within=20)
    assert ran(persons_home, *LABCHECK, "sandbox", "run", "--", "docker", "ps", "-q") == ""
    assert not list((persons_home / ".local/share/labcheck/sandboxes").iterdir())


def theirs(pid: int) -> set[Process]:
    """What was started by this process, and by what it started."""
    found = set()
    for one in descendants(pid):
        with suppress(ProcessLookupError):
            found.add(Process.of(one))
    return found
