"""How much memory an open course takes while events come as fast as the engine makes them: ``course()``.

A real course is opened, a checklist is followed as a page in a browser follows it, and images are tagged and removed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from websocket import WebSocketException

from tests.benchmarks.lesson import LAB
from tests.benchmarks.memory import FLOOD, ROUND, resident, until_quiet
from tests.benchmarks.ticks import prepared
from tests.live.course import Course, opened, start
from tests.live.leftovers import descendants

COUNTS = (500, 1000, 2000, 3000, 4000, 5000)
KEPT = {"recorder": "labcheck.start.learner", "page server": "jupyterlab"}
"""The processes that last as long as the course, by what stands in their commands."""
MEGA = 1024 * 1024


class Taken(NamedTuple):
    """What a process has after so many events."""

    memory: int
    threads: int
    files: int


def course() -> Iterator[tuple[int, dict[str, Taken]]]:
    """What each process has taken, after each of these counts."""
    with (
        TemporaryDirectory() as place,
        opened(start(prepared(Path(place)))) as (course, process),
        course.terminal() as terminal,
        _followed(course),
    ):
        pids = {name: _found(process.pid, command) for name, command in KEPT.items()}
        script = Path(place) / "flood.sh"
        script.write_text(FLOOD, encoding="utf-8")
        terminal.types("docker pull -q nginx:latest")
        made = 0
        for count in COUNTS:
            while made < count:
                terminal.types(f"sh {script} {ROUND} >/dev/null")
                made += 2 * ROUND
            for pid in pids.values():
                until_quiet(pid)
            yield count, {name: _taken(pid) for name, pid in pids.items()}
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _followed(course: Course) -> Iterator[None]:
    """A page shows the checklist, and reads all that it is told."""
    with course.connected(f"/labcheck/live?lab={LAB}") as page:

        def read() -> None:
            with suppress(OSError, WebSocketException):  # it is closed in the end
                while page.recv():
                    pass

        threading.Thread(target=read, daemon=True).start()
        yield


def _found(above: int, command: str) -> int:
    """The oldest process below this one whose command has these words."""

    def said(pid: int) -> str:
        with suppress(OSError):  # it may have ended
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""

    return min(pid for pid in descendants(above) if f"-m {command}" in said(pid))


def _taken(pid: int) -> Taken:
    place = Path(f"/proc/{pid}")
    return Taken(resident(pid), _entries(place / "task"), _entries(place / "fd"))


def _entries(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())


if __name__ == "__main__":
    began = time.monotonic()
    for count, taken in course():
        said = (
            f"{name} {it.memory / MEGA:.0f} MB, {it.threads} threads, {it.files} files" for name, it in taken.items()
        )
        print(f"after {count} events: {'; '.join(said)} ({time.monotonic() - began:.0f} s)", flush=True)
