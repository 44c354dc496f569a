"""``python -m tests.matrix``: play everything on every engine, print the table, and write it into the README."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from labcheck.home import home
from labcheck.lab import slugs
from labcheck.sandbox.driver import Driver
from tests.live.person import UID, as_person, on_a_machine_with
from tests.matrix.engines import ENGINES, Engine
from tests.matrix.unpacked import path
from tests.support.mistake import NAMES, read
from tests.support.places import ROOT

README = ROOT / "README.md"
MISTAKES = NAMES[::10]
HEAD = "| engine | image store | made by | labs proved | mistakes named and mended |\n|---|---|---|---|---|\n"
TABLE = re.compile(re.escape(HEAD) + r"(?:\|.*\n)*")
PATIENCE = 900
Typed: TypeAlias = Callable[..., list[str]]
"""What to start so that a command runs in a sandbox."""


def main() -> int:
    """Exit 1 if something came out differently on some engine."""
    rows, failed = [], False
    for engine in ENGINES:
        with _typed(engine) as typed:
            version = _ran(typed("docker", "version", "-f", "{{.Server.Version}}")).strip().partition("+")[0]
            labs = [lab for lab in slugs() if _proves(typed, lab)]
            mistakes = [name for name in MISTAKES if _mends(typed, name, engine)]
        variables = f" ({', '.join(engine.variables)})" if engine.variables else ""
        counts = f"{len(labs)} of {len(slugs())} | {len(mistakes)} of {len(MISTAKES)}"
        rows.append(f"| {version}{variables} | {engine.store} | {engine.driver} | {counts} |\n")
        sys.stdout.write(rows[-1])
        for what in sorted({*slugs(), *MISTAKES} - {*labs, *mistakes}):
            failed = True
            sys.stdout.write(f"  not: {what}\n")
        sys.stdout.flush()
    README.write_text(TABLE.sub(HEAD + "".join(rows), README.read_text(encoding="utf-8")), encoding="utf-8")
    return int(failed)


def _proves(typed: Typed, lab: str) -> bool:
    """Whether each of its steps fails before its solution was played, and passes after."""
    return _ends_well(typed(sys.executable, "-m", "labcheck", "rehearse", "--here", lab))


def _mends(typed: Typed, name: str, engine: Engine) -> bool:
    """Whether a mistake that was made is named as it should be, and mended by what is printed."""
    said = json.loads(_ran(typed(sys.executable, "-m", "tests.live.playing", name)) or "{}")
    mistake = read(name)
    told = said.get("told") if mistake.has("message") else (said.get("verdict") or {}).get("diagnosis") or "none"
    return bool(said.get("mended")) and told == mistake.diagnosed(engine.store)


def _ends_well(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False).returncode == 0


def _ran(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout if done.returncode == 0 else ""


@contextmanager
def _typed(engine: Engine) -> Iterator[Typed]:
    """How a command is started in a sandbox with this engine."""
    own = {"PATH": path(engine), "LABCHECK_IMAGES": "course", "PYTHONPATH": str(ROOT)}
    settings = [f"{name}={value}" for name, value in own.items()]
    inside = (sys.executable, "-m", "labcheck", "sandbox", "run", "--")
    if engine.driver is Driver.ROOT:
        yield lambda *command: ["env", *settings, *inside, *command]
        return
    with tempfile.TemporaryDirectory() as folder:
        person = Path(folder) / "home"
        shutil.copytree(home() / "images", person / ".local/share/labcheck/images", symlinks=True)
        for one in (person, *person.rglob("*")):
            os.chown(one, UID, UID, follow_symlinks=False)
        settings.append(f"HOME={person}")
        yield lambda *command: on_a_machine_with(person, *as_person("env", *settings, *inside, *command))


if __name__ == "__main__":
    sys.exit(main())
