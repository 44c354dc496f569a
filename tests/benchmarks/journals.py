"""Looks and reports of the labcheck that is imported: ``look|report JOURNAL ENTRIES`` prints a JSON number.

``look`` makes the journal first: a real look and real events, filed again and again with later times.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from labcheck.attempt import Attempt, opened
from labcheck.lab import load
from labcheck.log import Happened, Look
from tests.benchmarks.lesson import LAB, seconds

STEP = 1_000
"""Nanoseconds between two entries that are filed."""


def log(attempt: Attempt) -> tuple[Any, Any]:
    """The attempt in the journal, and its log; before 0.2 they were one."""
    head: Any = attempt.journal.current(LAB, "")
    read = getattr(attempt.journal, "log", None)
    return head, read(head) if read else head


def again(entries: tuple[Any, ...], missing: int) -> Iterator[Any]:
    """So many more entries: the last tag, a look, the last untag, a look, and so on."""
    happened = [entry for entry in entries if isinstance(entry, Happened)][-2:]
    look = [entry for entry in entries if isinstance(entry, Look)][-1]
    at = look.until
    for number in range(missing):
        at += STEP
        if number % 2:
            yield Look(at, at, look.snapshot)
        else:
            yield Happened({**happened[number // 2 % 2].document, "time": at // 10**9, "timeNano": at})


def looks(entries: int) -> float:
    """Seconds of a look with so many entries."""
    with opened(load(LAB)) as attempt:
        attempt.look()
        head, before = log(attempt)
        attempt.journal.append(head, list(again(before.entries, entries - len(before.entries))))
        attempt.look()
        assert len(log(attempt)[1].entries) >= entries
        return seconds(attempt.look, 11)


def report() -> float:
    """Seconds of the first report of a process that has just started."""
    began = time.perf_counter()
    with opened(load(LAB)) as attempt:
        attempt.report()
    return time.perf_counter() - began


if __name__ == "__main__":
    what, os.environ["LABCHECK_JOURNAL"], size = sys.argv[1:]
    print(json.dumps(looks(int(size)) if what == "look" else report()))
