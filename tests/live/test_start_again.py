"""How an open course ends and goes on where it was, and what a start says that cannot be."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from labcheck.home import home
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside.record import Record, records
from labcheck.start import note
from tests.live.course import Course, opened, report, start, ticks
from tests.live.learner import LAB, PULL, START
from tests.live.leftovers import at_rest, groups, machine, processes, wait_for
from tests.live.terminal import terminal


@pytest.fixture(autouse=True)
def _a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of each test's own, which only borrows the cache of images."""
    images = home() / "images"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    home().mkdir()
    (home() / "images").symlink_to(images)


def test_it_ends_in_every_way_and_goes_on_where_it_was(tmp_path: Path) -> None:
    before = at_rest()[:-1]
    with terminal(start(tmp_path / "notebooks")) as typed:
        typed.see("The course is open", within=60)
        here = note.read()
        assert here is not None
        with Course(here.address).terminal() as inside:
            inside.types(START)
        assert ticks(LAB, "start-registry")
        one = _record()
        typed.type("\x03")
        typed.see("The course is closed", within=60)
    _gone(one, before)
    attempt = report(LAB).attempt
    with opened(start(tmp_path / "notebooks")) as (course, process):
        with course.terminal() as inside:
            assert "my-registry" in inside.types("docker ps")
            inside.types(PULL)
        assert ticks(LAB, "pull")
        one = _record()
        everything = processes(one.first)
        process.kill()
        process.wait(timeout=240)
    assert wait_for(lambda: not [it for it in everything if it.alive])
    assert note.read() is None
    with terminal(start(tmp_path / "notebooks")) as typed:
        typed.see("The course is open", within=60)
        here, one = note.read(), _record()
        assert here is not None
        with Course(here.address).terminal() as inside:
            assert "Up" in inside.types("docker ps -f name=my-registry")
            assert f"done   {report(LAB).step('pull').title}" in inside.types("! NO_COLOR=1 labcheck")
    # The terminal is closed now.
    assert wait_for(lambda: note.read() is None, within=60)
    _gone(one, before)
    assert report(LAB).attempt == attempt
    assert [step.done for step in report(LAB).steps][:2] == [True, True]


def test_what_a_second_start_prints_costs_nothing(tmp_path: Path) -> None:
    with terminal(start(tmp_path / "notebooks")) as typed:
        assert wait_for(lambda: note.read() is not None)
        second = subprocess.run(start(tmp_path / "notebooks"), capture_output=True, text=True, timeout=240, check=False)
        assert second.returncode == 2
        here = note.read()
        assert here is not None
        # It waits where the first has no address yet, which a busy machine may have given it by then.
        waits = f"The course is already being opened, by process {here.process.pid}. Waiting for its address ...\n"
        said = second.stderr.removeprefix(waits)
        assert said.startswith(f"labcheck: The course is open already: {here.address}\n")
        with Course(here.address).terminal() as inside:
            inside.types(START)
        assert ticks(LAB, "start-registry")
        down = [sys.executable, "-m", "labcheck", "sandbox", "down"]
        for _ in range(2):
            subprocess.run(down, capture_output=True, timeout=240, check=True)
        typed.see("The course is closed", within=60)
    with opened(start(tmp_path / "notebooks")) as (course, process):
        with course.terminal() as inside:
            assert f"done   {report(LAB).step('start-registry').title}" in inside.types("! NO_COLOR=1 labcheck")
        process.terminate()
        assert process.wait(timeout=240) == 0


def test_trouble_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _refused(start(tmp_path / "notebooks", "--port", str(port)))
        assert said.startswith(f"labcheck: The page cannot be served on port {port} (Address already in use).\n")
    (tmp_path / "file").touch()
    said = _refused(start(tmp_path / "file/below"))
    assert said.startswith(f"labcheck: The notebooks cannot be copied to {tmp_path / 'file/below'} (Not a directory)")


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    script = 'mount -t tmpfs -o size=4k tmpfs "$1" && shift && exec "$@"'
    command = ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", str(full), *start(full)]
    assert _refused(command).startswith(
        f"labcheck: The notebooks cannot be copied to {full} (No space left on device).\n  Free some space"
    )


def _refused(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stdout) == (2, ""), done
    said = done.stderr.removeprefix(f"{Driver.ROOT.told}\n").removeprefix("Opening the course ...\n")
    assert said.count("\n") == 2
    return said


def _record() -> Record:
    """What is written down about the course's sandbox."""
    (one,) = records()
    assert one.alive
    return one


def _gone(one: Record, before: tuple[object, ...]) -> None:
    """Nothing of the course runs, and the machine is as it was."""
    assert wait_for(lambda: not one.alive)
    assert groups(one.id) == []
    assert wait_for(lambda: machine()[:-1] == before)
