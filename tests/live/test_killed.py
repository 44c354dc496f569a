"""Something of an open course is killed with SIGKILL, at any moment: nothing done is lost, and nothing is left."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from labcheck.judge import judge
from labcheck.lab import load
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside.process import Process
from labcheck.wait import repeat
from tests.live.course import Course, address
from tests.live.leftovers import PATIENCE, at_rest, groups, machine, rules, theirs, wait_for
from tests.live.ordinary import HOME, LABCHECK, made_home, settings, typed
from tests.live.person import UID
from tests.live.restless import LAB
from tests.support.whole_logs import Journal

KILLS, TIMES = (25, 4) if os.environ.get("LABCHECK_STRESS") == "1" else (4, 1)
RESTLESS = Path(__file__).with_name("restless.py")
CHECKING = f"import labcheck, time\nlab = labcheck.open('{LAB}')\nwhile True: lab.check('push')"
"""What a notebook's kernel does all the time."""
ENDING = ("start", "first", "jupyterlab", "recorder")
"""Without these there is no course."""
MENDED = ("kernel", "engine", "check")
"""Without these the course goes on, and has them again soon."""
MARKS = {
    "first": "labcheck.sandbox.inside",
    "jupyterlab": "jupyterlab",
    "recorder": "labcheck.start.learner",
    "kernel": "ipykernel_launcher",
    "engine": "--rootless|--exec-root=/run/docker",
    "check": "check",
}
"""A word of each one's command line."""
DRAFT = re.compile(r"\..+\.[0-9a-f]{8}")


class Learner:
    """Somebody whose course is killed again and again, with one driver."""

    def __init__(self, driver: Driver, own: Path) -> None:
        self.own = made_home(own / "home", UID if driver is Driver.ROOTLESS else 0)
        self.temporary = self.own / "temporary"
        self.temporary.mkdir()
        os.chown(self.temporary, self.own.stat().st_uid, self.own.stat().st_gid)
        self.driver = driver
        self.told = self.own / "told"

    def command(self, *command: str) -> list[str]:
        """What to start so that they run this."""
        here = ("env", f"TMPDIR={self.temporary}", *command)
        return typed(self.own, *here) if self.driver is Driver.ROOTLESS else [*settings(self.own), *here]

    def starts(self) -> subprocess.Popen[str]:
        """They open the course."""
        with (self.own / "said").open("a") as said:
            return subprocess.Popen(
                self.command(*LABCHECK, "start", "--no-browser"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                cwd=self.own,
            )

    def works(self, course: Course) -> None:
        """They work in a terminal and in a notebook at the same time."""
        name = course.post("/api/terminals")["name"]
        with course.connected(f"/terminals/websocket/{name}") as terminal:
            terminal.send(f'["stdin", "{sys.executable} -P {RESTLESS} {self.told}\\r"]')
        course.begins(CHECKING)
        assert wait_for(lambda: self.told.exists() and self.told.stat().st_size)

    def lost(self) -> set[str]:
        """What they were told is done, and is not done in the journal as it is now. That must be whole."""
        aside = self.own.parent / "journal"
        aside.mkdir(exist_ok=True)
        for path in (self.own / HOME).glob("journal.db*"):
            shutil.copy(path, aside)
        with closing(sqlite3.connect(aside / "journal.db")) as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not list((self.own / HOME).glob("damaged-*"))
        told = {tuple(line.split()) for line in self.told.read_text().splitlines()} if self.told.exists() else set()
        with Journal(aside / "journal.db") as journal:
            logs = {str(head.attempt): journal.inner.log(head) for head in journal.inner.attempts(LAB)}
        reports = {attempt: judge(load(LAB), logs[attempt]) for attempt, _ in told}
        shutil.rmtree(aside)
        return {f"{attempt} {step}" for attempt, step in told if not reports[attempt].step(step).done}

    def left(self) -> list[str]:
        """What is left when they have removed what the lab made, and have closed the course."""
        with self.starts() as process:
            with Course(address(process)).terminal() as terminal:
                terminal.types(f"labcheck reset {LAB} --yes")
                terminal.types('test -z "$(docker ps -aq; docker volume ls -q; docker network ls -qf type=custom)"')
            process.terminate()
            assert process.wait(timeout=240) == 0
        (record,) = (self.own / HOME / "sandboxes").iterdir()
        drafts = [path for path in self.own.rglob("*") if DRAFT.fullmatch(path.name)]
        return list(map(str, (*groups(record.stem), *drafts, *self.temporary.iterdir())))


@pytest.mark.timeout(590)
@pytest.mark.parametrize("seed", range(TIMES))
@pytest.mark.parametrize("driver", [Driver.ROOT, Driver.ROOTLESS])
def test_whatever_is_killed_nothing_done_is_lost_and_nothing_is_left(
    driver: Driver, seed: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    any_of = random.Random(f"{driver} {seed}")  # noqa: S311 - no secret
    learner, before, killed = Learner(driver, tmp_path), (rules(), *at_rest()[:-1]), list[str]()
    while len(killed) < KILLS:
        everything = set[Process]()
        with learner.starts() as process:
            try:
                killed += kills(learner, process, any_of, everything)
            finally:
                everything |= theirs(process.pid)
                process.kill()
        assert wait_for(partial(ended, everything), within=30)
        assert not learner.lost()
        assert (rules(), *machine()[:-1]) == before
    record_property("killed", killed)
    assert not learner.left()


def ended(those: set[Process]) -> bool:
    """Whether none of them runs."""
    return not any(one.alive for one in those)


def kills(learner: Learner, process: subprocess.Popen[str], any_of: random.Random, seen: set[Process]) -> Iterator[str]:
    """What is killed of one course until it has ended, at moments that nobody chose."""
    if any_of.random() < 1 / 4 and learner.told.exists():
        time.sleep(any_of.uniform(0, 4))
        seen |= theirs(process.pid)
        if seen:
            any_of.choice(sorted(seen, key=lambda one: one.pid)).send(signal.SIGKILL)
            yield "while it is opened"
        return
    course = Course(address(process))
    learner.works(course)
    for name in any_of.sample(MENDED, len(MENDED)):
        time.sleep(any_of.uniform(0, 3))
        seen |= theirs(process.pid)
        found(process.pid, name).send(signal.SIGKILL)
        yield name
    assert wait_for(lambda: theirs_called(process.pid, "kernel") and theirs_called(process.pid, "engine"))
    time.sleep(any_of.uniform(0, 3))
    seen |= theirs(process.pid)
    name = any_of.choice(ENDING)
    found(process.pid, name).send(signal.SIGKILL)
    yield name
    seen |= theirs(process.pid)
    process.wait(timeout=240)


def found(pid: int, name: str) -> Process:
    """The process of this name among those that this one started; it is waited for."""
    if name == "start":
        return Process.of(pid)
    here = repeat(lambda: theirs_called(pid, name), bool, PATIENCE, every=0.01)
    assert here, name
    return here[0]


def theirs_called(pid: int, name: str) -> list[Process]:
    """Those whose command line has the word."""
    mark = re.compile(MARKS[name])
    return [one for one in sorted(theirs(pid), key=lambda it: it.pid) if any(map(mark.fullmatch, words(one.pid)))]


def words(pid: int) -> list[str]:
    """The command line of a Python program, or of an engine."""
    with suppress(OSError):
        program, *rest = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        return rest if program.endswith(("/dockerd", Path(sys.executable).name)) else []
    return []
