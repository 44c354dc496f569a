"""How much memory a recorder has after so many events: ``memory(2_000, 20_000)``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.lesson import LAB

KILO = 1024
PATIENCE = 600.0
QUIET = 2.0
FLOOD = """
at() { curl -sf --unix-socket /var/run/docker.sock "$@"; }
at -X POST "http://docker/images/nginx:latest/tag?repo=flood&tag=[1-$1]" && at -X DELETE "http://docker/images/flood:[1-$1]"
"""
ROUND = 100


def memory(environment: Mapping[str, str], *counts: int) -> Iterator[int]:
    """The recorder's resident bytes once it has worked off so many events, for each count."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "labcheck", "watch", LAB],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as recorder:
        try:
            until_quiet(recorder.pid)
            made = 0
            for count in counts:
                while made < count:
                    subprocess.run(["sh", "-c", FLOOD, "sh", str(ROUND)], check=True, capture_output=True)
                    made += 2 * ROUND
                until_quiet(recorder.pid)
                assert recorder.poll() is None
                yield resident(recorder.pid)
        finally:
            recorder.kill()


def until_quiet(pid: int) -> None:
    """Wait until it has used no more than a tenth of its time for a while."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = _used(pid)
        time.sleep(QUIET)
        if _used(pid) - before < QUIET * 10:
            return
    raise AssertionError("the recorder never came to rest")


def _used(pid: int) -> int:
    """Hundredths of a second that it has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * KILO for line in lines if line.startswith("VmRSS:"))
