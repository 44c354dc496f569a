"""All that is promised to be fast, measured in one run and printed beside what was promised: ``make bench``.

With another labcheck's checkout (``make bench BEFORE=path``) its figures stand beside. It proves nothing and fails
nothing; it shows.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.labs import COURSE
from tests.benchmarks.lesson import LAB, PREPARE, SCRIPT, script, seconds
from tests.benchmarks.memory import memory
from tests.support.places import ROOT

SIZES = (100, 1_600, 10_000)
EVENTS = (2_000, 20_000)
LABS = (1, 10)
TOO_SLOW = 400
"""More entries than that took the labcheck before minutes for a look."""


def measured(checkout: Path, folder: Path, most: int) -> dict[str, float]:
    """The figures of the labcheck in this checkout, by name, in seconds, or in bytes."""
    path = os.pathsep.join(map(str, (checkout, ROOT)))
    environment = os.environ | {"PYTHONPATH": path, "LABCHECK_JOURNAL": str(folder / "check.db")}
    labcheck = [sys.executable, "-P", "-m", "labcheck"]

    def check() -> None:
        done = subprocess.run([*labcheck, "check", LAB], env=environment, capture_output=True, check=False)
        assert done.returncode in {0, 1}, done.stderr

    def run(module: str, *arguments: str) -> str:
        command = [sys.executable, "-P", "-m", f"tests.benchmarks.{module}", *arguments]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout

    def child(what: str, size: int) -> float:
        return float(json.loads(run("journals", what, str(folder / f"{size}.db"), str(size))))

    figures: dict[str, float] = {"check": seconds(check), **json.loads(run("warm", str(folder / "warm.db")))}
    for size in SIZES:
        if size <= most:
            figures[f"look {size}"] = child("look", size)
            figures[f"report {size}"] = statistics.median(child("report", size) for _ in range(5))
    if most >= max(EVENTS):
        environment["LABCHECK_JOURNAL"] = str(folder / "recorder.db")
        figures |= {f"labs {which}": float(run("labs", str(which))) for which in (*LABS, COURSE)}
        figures |= {f"memory {count}": size for count, size in zip(EVENTS, memory(environment, *EVENTS), strict=True)}
    return figures


def rows(figures: Mapping[str, float], shell: float) -> dict[str, tuple[str, str]]:
    """What each figure comes to, and what was promised, by what it is."""

    def told(number: float | None, form: str) -> str:
        return "-" if number is None else form.format(number)

    def ratio(one: str, other: str) -> float | None:
        return figures[one] / figures[other] if one in figures and other in figures else None

    def milliseconds(name: str, less: float = 0.0) -> float | None:
        return (figures[name] - less) * 1000 if name in figures else None

    small, some, many = (f"look {size}" for size in SIZES)
    few_events, many_events = (f"memory {count}" for count in EVENTS)
    return {
        "cold check / shell script": (told(figures["check"] / shell, "{:.2f}"), "0.90"),
        "recorder's look / bare requests": (told(ratio("again", "bare"), "{:.2f}"), "0.90"),
        "typed look / bare requests": (told(ratio("look", "bare"), "{:.2f}"), "-"),
        "typed look / its own requests": (told(ratio("look", "same"), "{:.2f}"), "0.90"),
        f"look with {SIZES[1]} entries, ms": (told(milliseconds(some), "{:.0f}"), "150"),
        f"look with {SIZES[1]} / with {SIZES[0]}": (told(ratio(some, small), "{:.2f}"), "2.00"),
        f"look with {SIZES[2]} - bare requests, ms": (told(milliseconds(many, figures["bare"]), "{:.0f}"), "60"),
        f"cold report of {SIZES[2]} entries, ms": (told(milliseconds(f"report {SIZES[2]}"), "{:.0f}"), "150"),
        f"an event with {LABS[1]} labs / with {LABS[0]}": (
            told(ratio(f"labs {LABS[1]}", f"labs {LABS[0]}"), "{:.2f}"),
            "1.30",
        ),
        f"an event with the course's labs / with {LABS[0]}": (
            told(ratio(f"labs {COURSE}", f"labs {LABS[0]}"), "{:.2f}"),
            "-",
        ),
        f"recorder's memory, {EVENTS[1]} / {EVENTS[0]} events": (
            told(ratio(many_events, few_events), "{:.2f}"),
            "flat",
        ),
    }


def main(*before: str) -> None:
    """Measure, and print."""
    checkouts = [ROOT, *map(Path, before)]
    script(PREPARE)
    shell = seconds(lambda: script(SCRIPT))
    columns = []
    for number, checkout in enumerate(checkouts):
        with TemporaryDirectory() as folder:
            most = TOO_SLOW if number else max(SIZES) + max(EVENTS)
            figures = measured(checkout, Path(folder), most)
            if not number:
                asked = figures["bare"] * 1000
                print(f"the shell script {shell * 1000:.0f} ms, the bare requests {asked:.0f} ms; medians of one run")
            columns.append(rows(figures, shell))
    print(f"{'':42}{'here':>8}{'before':>8}{'at most':>9}")
    for name, (here, promised) in columns[0].items():
        print(f"{name:42}{here:>8}{columns[1][name][0] if before else '':>8}{promised:>9}")


if __name__ == "__main__":
    main(*sys.argv[1:])
