"""How long a class takes to grade, and how much memory: ``python -m tests.benchmarks.grading [COUNT...] [NBGRADER]``.

Each submission is the practice as somebody else would have done it: other containers, another engine, other instants.
Wall and computing seconds are those of the whole command, its processes included; memory is its largest process's.
NBGRADER is an environment in which nbgrader is installed, and a kernel. Then its command is measured in the same run,
on the same processors, as an instructor types it, and each number says what it is of:

- one learner alone: a whole command for one submission, here and there;
- one of a class: a whole command for a class, divided by its learners;
- one more: what another learner of a class adds.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from labcheck.submission_file import encode
from tests.support.submissions import LAB, handed_in

COURSE = """
import sys
import nbformat as nbf
from pathlib import Path
folder = Path(sys.argv[1], "source/ps1")
folder.mkdir(parents=True)
book = nbf.v4.new_notebook()
book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
cell = nbf.v4.new_code_cell("assert True")
cell.metadata.nbgrader = {"grade": True, "grade_id": "one", "locked": True, "points": 1, "schema_version": 3,
    "solution": False, "task": False, "cell_type": "code"}
book.cells = [cell]
nbf.write(book, folder / "p1.ipynb")
"""
"""Makes an assignment with one graded cell, by nbgrader's Python."""
COUNTS = (100, 1_000, 10_000)
THEIRS = (1, 5)
"""How many learners nbgrader's classes have."""
ROW = "{:>7} submissions  {:6.2f} s  computing {:6.2f} s, {:5.2f} ms each  largest process {:4.0f} MB"


Cost: TypeAlias = tuple[float, float]
"""Seconds by the clock, and of computing."""


def measured(folder: Path, *options: str) -> tuple[float, float, float]:
    """Seconds, seconds of computing, and megabytes of the largest process."""
    out = folder.with_name("out")
    began = time.perf_counter()
    argv = [sys.executable, "-P", "-m", "labcheck", "grade", str(folder), "--lab", LAB, "-o", str(out), *options]
    pid = os.posix_spawn(sys.executable, argv, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", 1, 0)])
    _, status, used = os.wait4(pid, 0)
    taken = time.perf_counter() - began
    if status:
        raise subprocess.CalledProcessError(status, argv)
    shutil.rmtree(out)
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def nbgrader(environment: Path, folder: Path) -> dict[int, Cost]:
    """What ``nbgrader autograde`` takes for classes of these sizes, each with one notebook of one graded cell."""
    known = {**os.environ, "PATH": f"{environment}/bin:{os.environ['PATH']}"}
    subprocess.run([f"{environment}/bin/python", "-c", COURSE, str(folder)], check=True, env=known)
    subprocess.run(["nbgrader", "generate_assignment", "ps1"], cwd=folder, check=True, capture_output=True, env=known)
    taken = {}
    for learners in THEIRS:
        for number in range(learners):
            shutil.copytree(folder / "release/ps1", folder / f"submitted/l{number}/ps1", dirs_exist_ok=True)
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        grading = ["nbgrader", "autograde", "ps1", "--force"]
        subprocess.run(grading, cwd=folder, check=True, capture_output=True, env=known)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken[learners] = (ended - began, used)
    return taken


def _more(cost: dict[int, float], few: int, many: int) -> float:
    return (cost[many] - cost[few]) / (many - few)


def compared(ours: dict[int, Cost], theirs: dict[int, Cost]) -> Iterator[str]:
    """Side by side: one learner alone, one of a class, one more; and one alone there with one of a class here."""
    (one, *_, many), (_, few) = ours, THEIRS
    for place, what in enumerate(("by the clock", "computing")):
        here, there = ({size: cost[place] for size, cost in it.items()} for it in (ours, theirs))
        pairs = {
            "one learner alone, here and there": (here[one], there[1]),
            f"one of a class, of {many} here, of {few} there": (here[many] / many, there[few] / few),
            "one more learner, here and there": (
                (here[many] - here[one]) / (many - one),
                (there[few] - there[1]) / (few - 1),
            ),
            f"one of a class of {many} here, one learner alone there": (here[many] / many, there[1]),
        }
        for of, (mine, other) in pairs.items():
            yield f"{what}: {of}: {mine * 1000:.2f} ms, nbgrader {other * 1000:.0f} ms: {other / mine:.1f} times"


def main(counts: tuple[int, ...], environment: Path | None) -> None:
    """Print a row for each, and with an environment, both side by side."""
    ours = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "class"
        folder.mkdir()
        made = 0
        for count in sorted({*counts, 1} if environment else counts):
            while made < count:
                (folder / f"{made:05}.labcheck").write_bytes(encode(handed_in(made)))
                made += 1
            taken, used, memory = measured(folder)
            ours[count] = taken, used
            print(ROW.format(count, taken, used, used / count * 1000, memory), flush=True)
        if environment:
            print(*compared(ours, nbgrader(environment, Path(scratch))), sep="\n")


if __name__ == "__main__":
    numbers = tuple(int(it) for it in sys.argv[1:] if it.isdigit())
    named = [Path(it) for it in sys.argv[1:] if not it.isdigit()]
    main(numbers or COUNTS, named[0].resolve() if named else None)
