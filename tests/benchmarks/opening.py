"""How long it takes from ``labcheck start`` to the page, without root and as root, in turn: ``opening.py PAIRS``.

By the clock, until the page answers with its first 200; and in computing, of all processes that are there by then and
of those that they have waited for. Both are started in a mount namespace that is made once, in which an ordinary user
is known. The first opening of each, which lays out the notebooks, is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.request import ProxyHandler, build_opener

from labcheck.sandbox.driver import Driver
from labcheck.sandbox.proc import fields
from tests.live.course import address
from tests.live.leftovers import descendants
from tests.live.ordinary import LABCHECK, made_home, settings
from tests.live.person import UID, as_person, on_a_machine_with

PAIRS = 5
SPENT = slice(11, 15)
"""Where ``fields`` has the computing of a process and of those that it has waited for: 14 to 17 of proc_pid_stat(5)."""
TICK = os.sysconf("SC_CLK_TCK")
_OPENER = build_opener(ProxyHandler({}))


class Took(NamedTuple):
    """Seconds until the page was there: by the clock, and of computing."""

    clock: float
    computing: float


def opening(command: list[str]) -> Took:
    """Open the course so, until its page answers; then close it."""
    began = time.monotonic()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        with _OPENER.open(address(process).replace("/?", "/lab?"), timeout=60) as reply:
            reply.read()
        took = Took(time.monotonic() - began, sum(map(_spent, {process.pid} | descendants(process.pid))))
        process.terminate()
        process.wait(timeout=60)
    return took


def _spent(pid: int) -> float:
    with suppress(OSError):
        return sum(map(int, fields(Path(f"/proc/{pid}"))[SPENT])) / TICK
    return 0


@contextmanager
def ways() -> Iterator[dict[Driver, list[str]]]:
    """What to start for each of the two."""
    with TemporaryDirectory() as place:
        homes = {Driver.ROOT: Path(place, "root"), Driver.ROOTLESS: Path(place, "learner")}
        Path(place).chmod(0o755)
        for driver, own in homes.items():
            made_home(own, UID if driver is Driver.ROOTLESS else 0)
        machine = on_a_machine_with(homes[Driver.ROOTLESS], "sh", "-c", "echo made; exec sleep infinity")
        with subprocess.Popen(machine, stdout=subprocess.PIPE, text=True) as there:
            try:
                assert there.stdout is not None
                there.stdout.readline()
                into = ["nsenter", f"--target={there.pid}", "--mount"]
                start = (*LABCHECK, "start", "--no-browser")
                yield {
                    Driver.ROOT: [*into, *settings(homes[Driver.ROOT]), *start],
                    Driver.ROOTLESS: [*into, *as_person(*settings(homes[Driver.ROOTLESS]), *start)],
                }
            finally:
                there.kill()


def main(pairs: int) -> None:
    """Open each so often, in turn, and print the medians."""
    with ways() as commands:
        took: dict[Driver, list[Took]] = {driver: [] for driver in commands}
        for number in range(pairs + 1):
            for driver, command in commands.items():
                one = opening(command)
                took[driver] += [one] if number else []
    for what in Took._fields:
        root, rootless = (statistics.median(getattr(one, what) for one in took[it]) for it in commands)
        low, *_, high = sorted(
            getattr(one, what) / getattr(other, what)
            for one, other in zip(took[Driver.ROOTLESS], took[Driver.ROOT], strict=True)
        )
        sys.stdout.write(
            f"start to page, {what}: without root {rootless:.2f} s, as root {root:.2f} s, {rootless / root:.2f} times"
            f" (pairs {low:.2f} to {high:.2f}); promised 1.3\n"
        )


if __name__ == "__main__":
    if os.geteuid() != 0:
        raise SystemExit("start to page: only root can be both.")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)
