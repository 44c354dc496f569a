"""How long a class takes to grade, and how much memory: ``python -m tests.benchmarks.grading [COUNT...]``.

Each submission is the practice as somebody else would have done it: other containers, another engine, other instants.
Wall and computing seconds are those of the whole command, its processes included; memory is its largest process's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from labcheck.submission_file import encode
from tests.support.submissions import LAB, handed_in

COUNTS = (100, 1_000, 10_000)
ROW = "{:>7} submissions  {:6.2f} s  computing {:6.2f} s, {:5.2f} ms each  largest process {:4.0f} MB"


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


def main(counts: tuple[int, ...]) -> None:
    """Print a row for each."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "class"
        folder.mkdir()
        made = 0
        for count in counts:
            while made < count:
                (folder / f"{made:05}.labcheck").write_bytes(encode(handed_in(made)))
                made += 1
            taken, used, memory = measured(folder)
            print(ROW.format(count, taken, used, used / count * 1000, memory))


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COUNTS)
