"""``python -m tests.benchmarks.hub FOLDER [NUMBER...]``: what a hub takes for so many learners at once, as root.

For each number a line: how long until the pages of those who came were there, memory of each learner (PSS, so that what
several share is counted once), and of hub and proxy. Then all start a registry at once; what each takes with it on
disk and of a processor while nobody types; and how long it takes if all servers are started at once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.hub.hub import TestHub, running
from tests.hub.on_hub import OnHub
from tests.live.leftovers import descendants

MEGA = 1024**2
REGISTRY = "docker run -d -p 5000:5000 --restart=always --name my-registry registry:2"


def pss(pids: Iterable[int]) -> float:
    """The memory of these processes, in MiB."""
    kilobytes = 0
    for pid in pids:
        with suppress(OSError):
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            kilobytes += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return kilobytes / 1024


def of_learner(hub: TestHub, learner: str) -> float:
    """The memory of all that runs for a learner."""
    pid = hub.pid(learner)
    return pss({pid} | descendants(pid))


def disk(hub: TestHub, learner: str) -> float:
    """What a learner's home takes, in MiB."""
    told = subprocess.run(
        ["du", "-s", "--block-size=1", str(hub.folder / "homes" / learner)], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[0]) / MEGA


def computing(hub: TestHub, learner: str) -> float:
    """The seconds of a processor that a learner's processes have taken."""
    pid, ticks = hub.pid(learner), 0
    for one in {pid} | descendants(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def idle(hub: TestHub, learners: Sequence[str], seconds: float) -> float:
    """How many per cent of a processor a learner takes while nobody types."""
    before = sum(computing(hub, it) for it in learners)
    time.sleep(seconds)
    return 100 * (sum(computing(hub, it) for it in learners) - before) / seconds / len(learners)


def begins(hub: TestHub, learner: str) -> float:
    """The seconds until a registry that this learner starts in a terminal is there."""
    with OnHub(hub, learner).terminal() as terminal:
        since = time.monotonic()
        terminal.types(REGISTRY)
        terminal.types("until curl -s localhost:5000/v2/; do sleep 0.2; done")
        return time.monotonic() - since


def main(folder: str, *numbers: str) -> None:
    """Print a line for each number of learners."""
    counts = [int(it) for it in numbers] or [1, 2, 4, 8, 12]
    learners = [f"learner-{number:02}" for number in range(1, counts[-1] + 1)]
    with running(Path(folder).absolute(), learners) as hub:
        print("learners  started (s)  MiB each: median (least to most)  MiB hub and proxy")
        there = 0
        for count in counts:
            since = time.monotonic()
            hub.spawn(*learners[there:count])
            took, there = time.monotonic() - since, count
            each = [of_learner(hub, it) for it in learners[:count]]
            own = pss({hub.main_pid(), *descendants(hub.main_pid())} - _all(hub, learners[:count]))
            middle = statistics.median(each)
            print(
                f"{count:8}  {took:11.1f}  {middle:8.0f} ({min(each):.0f} to {max(each):.0f})  {own:24.0f}", flush=True
            )
        before = [disk(hub, it) for it in learners]
        with ThreadPoolExecutor(there) as all_at_once:
            times = list(all_at_once.map(lambda it: begins(hub, it), learners))
        after = [disk(hub, it) for it in learners]
        each = [of_learner(hub, it) for it in learners]
        print(f"all {there} start a registry at once: {min(times):.1f} to {max(times):.1f} s")
        print(f"then MiB each: {statistics.median(each):.0f} ({min(each):.0f} to {max(each):.0f})")
        print(f"disk, MiB each: {statistics.median(before):.0f} before, {statistics.median(after):.0f} with a registry")
        print(f"while nobody types: {idle(hub, learners, 60):.1f} % of a processor each")
        since = time.monotonic()
        hub.stop(learners[0])
        print(f"one stops in {time.monotonic() - since:.1f} s")
        for learner in learners[1:]:
            hub.stop_if_there(learner)
        since = time.monotonic()
        hub.spawn(*learners)
        print(f"all {there} start at once in {time.monotonic() - since:.1f} s")


def _all(hub: TestHub, learners: Iterable[str]) -> set[int]:
    found = set[int]()
    for pid in map(hub.pid, learners):
        found |= {pid} | descendants(pid)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
