"""What is killed while the course is open: the engine and its mirror come back by themselves, all else is said."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from labcheck.home import home
from labcheck.sandbox.outside.record import Record, records
from labcheck.start import note
from tests.live.course import Course, start
from tests.live.leftovers import descendants, processes, wait_for
from tests.live.terminal import Terminal, terminal
from tests.live.typed import typed as typed_in_a_sandbox

ANEW = "Press Ctrl-C where the course was opened, then type labcheck start again. What you did is kept."


@pytest.fixture(scope="module", autouse=True)
def _a_home(tmp_path_factory: pytest.TempPathFactory, _own_home: None) -> Iterator[None]:
    """A home of this module's own, which only borrows the cache of images."""
    own = tmp_path_factory.mktemp("learner")
    (own / "course").mkdir()
    (own / "course/images").symlink_to(home() / "images")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(own))
        patch.setenv("LABCHECK_HOME", str(own / "course"))
        yield


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Terminal, Course, Record]]:
    """A course in a terminal, which shows its exit code in the end."""
    try:
        with terminal(["sh", "-c", f"{shlex.join(start(folder))}; echo code $?"]) as typed:
            typed.see("Ctrl-C closes the course", within=90)
            here = note.read()
            assert here is not None
            (record,) = (one for one in records() if one.alive)
            yield typed, Course(here.address), record
    finally:
        # Its terminal is closed now, which ends it; also after a failure, so that the next course can be opened.
        assert wait_for(lambda: not any(one.alive for one in records()) and note.read() is None, within=60)


def killed(record: Record, mark: str) -> None:
    """Kill the one process of the sandbox whose command line has this."""
    found = {}
    for one in processes(record.first):
        with suppress(OSError):
            if mark in Path(f"/proc/{one.pid}/cmdline").read_text().split("\0"):
                found[one.pid] = descendants(one.pid)
    # A child of it has the same words, for a moment, until it is another program.
    (pid,) = found.keys() - set().union(*found.values())
    os.kill(pid, signal.SIGKILL)


def test_engine_and_mirror_come_back_by_themselves(tmp_path: Path) -> None:
    with opened(tmp_path) as (typed, course, record):
        with course.terminal() as page:
            page.types("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2")
            killed(record, "/run/labcheck/data/mirror/mirror.json")
            typed.see("labcheck: The course's image mirror ended (killed by SIGKILL). It was restarted", within=60)
            page.types("docker pull -q busybox")
            killed(record, f"--label=labcheck.sandbox={record.id}")
            typed.see("labcheck: The course's engine ended (killed by SIGKILL). It was restarted", within=60)
            assert wait_for(lambda: "my-registry" in page.types("docker ps --format '{{.Names}}'"), within=60)
            assert "busybox" in page.types("docker images; labcheck labs")
        with course.terminal() as page:
            # As often as nobody would wait for.
            for _ in range(3):
                killed(record, f"--label=labcheck.sandbox={record.id}")
                typed.see("labcheck: The course's engine", within=60)
            typed.see(ANEW, within=60)
            assert "Ctrl-C where labcheck start was" in page.types("! labcheck")
        typed.type("\x03")
        typed.see("The course is closed", within=60)
    with opened(tmp_path) as (typed, course, _):
        with course.terminal() as page:
            assert "my-registry" in page.types("docker ps --format '{{.Names}}'")
        typed.type("\x03")
        typed.see("The course is closed", within=60)


def test_settings_that_keep_it_from_coming_back_are_named_not_printed_raw_and_the_advice_works(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31m folder\nof mine"
    with opened(folder) as (typed, course, record):
        with course.terminal() as page:
            page.types("docker pull -q busybox; printf '{ \\033[31m' > /etc/docker/daemon.json; pwd")
            killed(record, f"--label=labcheck.sandbox={record.id}")
            typed.see("labcheck: The course's engine cannot be restarted", within=60)
            typed.see("/etc/docker/daemon.json: invalid character")
            typed.see(ANEW)
            assert ANEW in page.types("true"), "the page's terminals say so, too"
        typed.type("\x03")
        typed.see("The course is closed", within=60)
        everything = typed.all
    assert "\x1b" not in everything.replace("\x1b[K", ""), "a line that moves is erased, and nothing else is drawn"
    assert "\\x1b[31m folder\\nof mine" in everything
    with opened(folder) as (typed, course, _), course.terminal() as page:
        assert "busybox" in page.types("docker images")


@pytest.mark.parametrize(
    ("whose", "sentence", "code"),
    [
        ("jupyterlab", "JupyterLab was killed from outside (killed by SIGKILL)", 1),
        ("labcheck.start.learner", "The course was killed from outside", 137),
        ("", "The course was killed from outside", 137),
    ],
)
def test_what_was_killed_is_said(tmp_path: Path, whose: str, sentence: str, code: int) -> None:
    with opened(tmp_path) as (typed, _, record):
        if whose:
            killed(record, whose)
        else:
            os.kill(record.first.pid, signal.SIGKILL)
        typed.see(f"labcheck: {sentence}", within=60)
        typed.see("To continue: labcheck start")
        typed.see(f"code {code}", within=60)


def test_what_a_program_is_called_is_not_printed_raw() -> None:
    done = typed_in_a_sandbox("no\x1b[31m such")
    assert done.stderr == "labcheck: there is no program called no\\x1b[31m such\n"
