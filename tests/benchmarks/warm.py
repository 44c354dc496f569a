"""A warm look beside the bare requests, taken in turn in one process: prints the median seconds of each, by name.

In turn, because a machine is never as busy one minute as the next. ``bare`` are the script's requests, ``same`` those
of the look itself. ``again`` is what a recorder does when it looks again; a labcheck that has no such thing has no such
figure.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable

import docker
import urllib3

from labcheck.attempt import Attempt, opened
from labcheck.lab import load
from tests.benchmarks.lesson import LAB, bare
from tests.benchmarks.repeated import repeat, sent

ROUNDS = 61


def medians(attempt: Attempt) -> dict[str, float]:
    """The median seconds of each."""
    engine, registry = docker.from_env().api, urllib3.PoolManager()
    works: dict[str, Callable[[], object]] = {"bare": lambda: bare(engine, registry), "look": attempt.look}
    if requests := sent(attempt.look):
        works["same"] = lambda: repeat(engine, registry, requests)
    try:
        from labcheck.observe import RegistryCache  # noqa: PLC0415 - an earlier labcheck has none
    except ImportError:
        pass
    else:
        cache = RegistryCache()
        works["again"] = lambda: attempt.judged(attempt.looked(cache))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


if __name__ == "__main__":
    os.environ["LABCHECK_JOURNAL"] = sys.argv[1]
    with opened(load(LAB)) as opened_attempt:
        opened_attempt.look()
        print(json.dumps(medians(opened_attempt)))
