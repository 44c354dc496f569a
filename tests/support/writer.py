"""Another process that uses the journal: ``python -m tests.support.writer TASK PATH``, for tests of several at once.

It says each thing it did on a line of its own, when it is done.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.journal import Journal
from labcheck.log import Head
from tests.support.logs import look, pull
from tests.support.places import ROOT

LAB = "push-and-pull"
EVENTS = 60
CHANGES = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.chmod", "sqlite3.connect"}


def started(task: str, path: Path) -> subprocess.Popen[str]:
    """The other process, just started; what it says can be read."""
    command = [sys.executable, "-m", "tests.support.writer", task, str(path)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def main(task: str, path: Path) -> None:
    """Do the task, and say what went wrong."""
    try:
        with Journal(path) as journal:
            head = journal.join(LAB, engine="engine", began=1)
            say(head.attempt)
            TASKS[task](journal, head)
    except LabcheckError as error:
        say(error)
        say(error.remedy)


def say(what: object) -> None:
    """One line, at once."""
    print(what, flush=True)  # noqa: T201 - the test reads it


def killer(path: Path, step: int) -> Callable[[str, tuple[object, ...]], None]:
    """What kills this process at the given step of all it does with the files at the path."""
    left = count(step, -1)

    def hear(event: str, what: tuple[object, ...]) -> None:
        if event in CHANGES and any(str(path) in str(one) or "/damaged-" in str(one) for one in what):  # noqa: SIM102
            if next(left) == 1:
                os.kill(os.getpid(), signal.SIGKILL)

    return hear


def be_killed(path: Path) -> None:
    """For each line of stdin stand, and be killed at the step of that number; say how that ended: 0 or the signal.

    Each time it is a copy of this process that is killed: to start Python takes longer than all that it does.
    """
    for line in sys.stdin:
        if (copy := os.fork()) == 0:
            sys.addaudithook(killer(path, int(line)))
            with Journal(path) as journal:
                stand(journal, journal.join(LAB, engine="engine", began=1))
            os._exit(0)
        say(os.waitpid(copy, 0)[1])


def stand(journal: Journal, head: Head) -> None:
    """Do no more than join, and read."""
    journal.log(head)


def share(journal: Journal, head: Head, until: int = EVENTS) -> None:
    """File the same events as everybody else, a few at a time, with looks of one's own."""
    for at in range(0, 10 * until, 30):
        events = [pull(at + more) for more in range(0, 30, 10)]
        journal.append(head, [*events, look(at + 25, f"image-{at}")], str(at), after=0)


def share_a_little(journal: Journal, head: Head) -> None:
    """Read, and file as often as a few commands do."""
    journal.log(head)
    share(journal, head, 9)


def write(journal: Journal, head: Head) -> None:
    """File event after event, and say of each that it is safe."""
    for at in count(len(journal.log(head).entries)):
        journal.append(head, [pull(at), look(at, f"image-{at}")], str(at))
        say(at)


def record(journal: Journal, head: Head) -> None:
    """Be the recorder, for long."""
    with journal.recorder(head) as recording:
        say(recording)
        time.sleep(60)


def count_entries(journal: Journal, head: Head) -> None:
    """Say how many entries there are."""
    say(f"{len(journal.log(head).entries)} entries")


def vanish(journal: Journal, head: Head) -> None:
    """File something, and be gone: what was filed last is still in the log beside the journal."""
    journal.append(head, [pull(1)])
    os._exit(0)


def fill(journal: Journal, head: Head) -> None:
    """File until it fails, say how much was filed, and whether it can all be read."""
    filed = list(journal.log(head).entries)
    try:
        for at in count(len(filed)):
            seen = look(at, *(f"image-{at}-{number}" for number in range(20)))
            journal.append(head, [seen])
            filed.append(seen)
    finally:
        say(len(filed))
        say(journal.log(head).entries == tuple(filed))


TASKS = {
    "stand": stand,
    "share": share,
    "share a little": share_a_little,
    "write": write,
    "record": record,
    "fill": fill,
    "vanish": vanish,
    "count": count_entries,
}

if __name__ == "__main__":
    be_killed(Path(sys.argv[2])) if sys.argv[1] == "be killed" else main(sys.argv[1], Path(sys.argv[2]))
