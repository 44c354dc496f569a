"""What one event costs a recorder, with one lab, with ten, and with all of the course.

The labs are the course's practice lab under other names: each of them is about whatever happens.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from msgspec.structs import replace

from labcheck.lab import Lab, load, slugs
from labcheck.watch import record
from tests.benchmarks.lesson import LAB

EVENTS = 60
SPACED = 0.25
"""Seconds between two events: each is answered by a look of its own."""
FIRST = 3
"""Looks that do not count."""
COURSE = "course"
"""In place of a number: the labs of the course, each about its own things; what happens is about one of them."""
CHANGE = "docker tag nginx:latest localhost:5000/flood:{0}"


def equal(count: int) -> list[Lab]:
    """So many labs like the practice lab."""
    return [replace(load(LAB), slug=f"{LAB}-{number}") for number in range(count)]


def cost(labs: Sequence[Lab]) -> float:
    """Seconds that this process computes for an event."""
    over = threading.Event()
    looked = record(labs, until=over)
    for _ in range(FIRST):
        next(looked)
    typing = threading.Thread(target=_type, args=(over,))
    typing.start()
    began = time.process_time()
    for _ in looked:
        pass
    spent = time.process_time() - began
    typing.join()
    return spent / EVENTS


def _type(over: threading.Event) -> None:
    try:
        for number in range(EVENTS):
            subprocess.run(["sh", "-c", CHANGE.format(number)], check=True, capture_output=True)
            time.sleep(SPACED)
    finally:
        over.set()


if __name__ == "__main__":
    (which,) = sys.argv[1:]
    print(cost([load(slug) for slug in slugs()] if which == COURSE else equal(int(which))))
