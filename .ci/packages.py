"""Installs the Python packages of one of labcheck's extras, in the pinned versions, and reports progress.

To be run with the Python of the virtual environment. It needs only the standard library and pip.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tempfile
import threading
from pathlib import Path

from progress import Progress

ROOT = Path(__file__).parent.parent
PINS = ROOT / "constraints.txt"
BUILD = ("hatchling", "editables")
COLLECTING = re.compile(r"\s*(?:Collecting|Requirement already satisfied:|Obtaining) ([A-Za-z0-9._-]+)")
CHOSEN = re.compile(r"Installing collected packages: (.*)")
TICK = 0.5


class Reading:
    """What pip has printed so far: which packages it has collected, and which it installs."""

    def __init__(self, pins: int) -> None:
        self._pins, self._collected, self._chosen = pins, set[str](), 0

    def read(self, line: str) -> tuple[str, int, str, str] | None:
        """The action, how many of how many are done, and the current one; ``None`` if the line has none of that."""
        if found := COLLECTING.match(line):
            self._collected.add(found[1].lower())
            return "downloading", len(self._collected), f"at most {self._pins}", found[1]
        if found := CHOSEN.match(line):
            self._chosen = len(found[1].split(","))
            return "installing", 0, str(self._chosen), ""
        return None

    @property
    def chosen(self) -> int:
        """How many it installs; 0 until it has printed that."""
        return self._chosen


def pip(*arguments: str, progress: Progress, pins: int) -> int:
    """Run ``pip install``; its exit code. Its output is shown only if it failed."""
    command = [sys.executable, "-m", "pip", "install", "--no-color", "--progress-bar=off", f"--constraint={PINS}"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, *arguments], stdout=subprocess.PIPE, stderr=log, text=True, errors="replace", cwd=ROOT
        )
        reading, over = Reading(pins), threading.Event()
        counting = threading.Thread(target=_count, args=(reading, progress, over, _installed()), daemon=True)
        counting.start()
        try:
            for line in process.stdout or ():
                log.write(line)
                if (told := reading.read(line)) is not None:
                    progress.count(*told)
            code = process.wait()
        finally:
            over.set()
            counting.join()
            process.terminate()
            process.wait()
        if code:
            progress.end()
            log.seek(0)
            print(log.read(), end="", file=sys.stderr)
    return code


def _count(reading: Reading, progress: Progress, over: threading.Event, before: int) -> None:
    """While pip installs, it prints nothing: the installed files show the progress."""
    while not over.wait(TICK):
        if reading.chosen:
            done = min(max(_installed() - before, 0), reading.chosen)
            progress.count("installing", done, str(reading.chosen))


def _installed() -> int:
    return sum(1 for _ in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def main() -> int:
    """Exit 0 when all are installed, 130 after a Ctrl-C."""
    (extra,) = sys.argv[1:]
    pins = len(PINS.read_text(encoding="utf-8").splitlines())
    progress = Progress("Python packages")
    try:
        code = pip(*BUILD, progress=progress, pins=pins)
        code = code or pip("--no-build-isolation", "--editable", f".[{extra}]", progress=progress, pins=pins)
    except KeyboardInterrupt:
        return 130
    finally:
        progress.end()
    return code


if __name__ == "__main__":
    sys.exit(main())
