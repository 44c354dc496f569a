"""What one event costs a recorder, with one lab and with ten: ``labs(1, 10)``.

The labs are the course's practice lab under other names: each of them is about whatever happens.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

from msgspec.structs import replace

from labcheck.lab import load
from labcheck.watch import record
from tests.benchmarks.lesson import LAB

EVENTS = 60
SPACED = 0.25
"""Seconds between two events: each is answered by a look of its own."""
FIRST = 3
"""Looks that do not count."""
CHANGE = "docker tag nginx:latest flood:{0}"


def cost(labs: int) -> float:
    """Seconds that this process computes for an event."""
    own, over = load(LAB), threading.Event()
    several = [replace(own, slug=f"{LAB}-{number}") for number in range(labs)]
    looked = record(several, until=over)
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
    print(cost(int(sys.argv[1])))
