"""``python -m tests.matrix``: play everything on every engine, print the table, and write it into the README."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from labcheck.lab import slugs
from labcheck.sandbox.driver import Driver
from tests.live.person import UID, as_person, on_a_machine_with
from tests.matrix import podman
from tests.matrix.engines import ENGINES, Engine
from tests.matrix.unpacked import course, path
from tests.support.mistake import NAMES, read
from tests.support.places import ROOT

README = ROOT / "README.md"
MISTAKES = NAMES[::10]
TITLES = ("engine", "image store", "made by", "registry", "labs proved", "mistakes named and mended")
HEAD = f"| {' | '.join(TITLES)} |\n{'|---' * len(TITLES)}|\n"
TABLE = re.compile(re.escape(HEAD) + r"((?:\|.*\n)*)")
PATIENCE = 900
REGISTRY = ("docker", "run", "--rm", "--entrypoint", "registry", "registry:2", "--version")
Typed: TypeAlias = Callable[..., list[str]]
"""What to start so that a command runs in a sandbox."""


def main(*words: str) -> int:
    """Play the rows that have these words, or all; exit 1 if something came out differently on some engine."""
    chosen = [engine for engine in ENGINES if all(word in f"{engine.release} {engine.how}" for word in words)]
    differ = [_differs(engine) for engine in chosen]
    if all(word in f"{podman.RELEASE} {podman.HOW}" for word in words):
        differ.append(_podman_differs())
    return int(any(differ))


def _differs(engine: Engine) -> bool:
    """Play one row, and write it into the table; whether something came out differently."""
    with _typed(engine) as typed:
        version = _said(typed("docker", "version", "-f", "{{.Server.Version}}"))
        registry = _said(typed(*REGISTRY)).split()[-1:]
        wrong = {lab: _disproved(typed, lab) for lab in slugs()} | {it: _misnamed(typed, it, engine) for it in MISTAKES}
    labs, mistakes = ([one for one in all_ if not wrong[one]] for all_ in (slugs(), MISTAKES))
    _write(
        f"| {_plain(version)} | {engine.how} |",
        f"{_plain(*registry)} | {len(labs)} of {len(slugs())} | {len(mistakes)} of {len(MISTAKES)}",
        {one: why for one, why in wrong.items() if why},
    )
    return any(wrong.values())


def _podman_differs() -> bool:
    """Play the row of Podman, and write it into the table; whether something came out differently."""
    engine = Engine(images=podman.RELEASE)
    with _typed(engine) as typed:
        registry = _said(typed(*REGISTRY)).split()[-1:]
        done = _done(typed(*podman.typed()))
    said = done.stdout + done.stderr[-500:] if done.returncode else done.stdout
    come = "not the practice" if said else "the practice"
    _write(f"| {podman.version()} | {podman.HOW} |", f"{_plain(*registry)} | {come} | not played", {"podman": said})
    return bool(said)


def _write(begin: str, rest: str, wrong: Mapping[str, str]) -> None:
    """Write a row into the table, in the place of the one that begins so; say what was wrong."""
    row = f"{begin} {rest} |\n"
    sys.stdout.write(row + "".join(f"  {one}: {why}\n" for one, why in wrong.items() if why))
    sys.stdout.flush()
    text = README.read_text(encoding="utf-8")
    README.write_text(TABLE.sub(lambda found: HEAD + _with(found[1], begin, row), text), encoding="utf-8")


def _with(rows: str, begin: str, row: str) -> str:
    """The rows in their order, with this one in the place of the one that begins so."""
    others = (line for line in rows.splitlines(keepends=True) if not line.startswith(begin))
    return "".join(sorted([*others, row]))


def _plain(version: str = "") -> str:
    """A version without what Debian adds."""
    return version.partition("+")[0]


def _disproved(typed: Typed, lab: str) -> str:
    """What is wrong, unless each of its steps fails before its solution was played, and passes after."""
    done = _done(typed(sys.executable, "-m", "labcheck", "rehearse", "--here", lab))
    told = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("ok ")]
    return "; ".join(told) if done.returncode else ""


def _misnamed(typed: Typed, name: str, engine: Engine) -> str:
    """What is wrong, unless a mistake that was made is named as it should be, and mended by what is printed."""
    done = _done(typed(sys.executable, "-m", "tests.live.playing", name))
    if done.returncode:
        return done.stderr[-500:]
    said, mistake = json.loads(done.stdout), read(name)
    told = said.get("told") if mistake.has("message") else (said.get("verdict") or {}).get("diagnosis") or "none"
    if told != mistake.diagnosed(engine.store):
        return f"it is called {told}: {said.get('message', '')[-500:]}"
    return "" if said.get("mended") else "what is printed does not mend it"


def _said(command: list[str]) -> str:
    return _done(command).stdout.strip()


def _done(command: list[str]) -> subprocess.CompletedProcess[str]:
    """What came of it; a command that does not end failed."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"It did not end within {PATIENCE} s.")


@contextmanager
def _typed(engine: Engine) -> Iterator[Typed]:
    """How a command is started in a sandbox with this engine."""
    images = course(engine.images)
    own = {"PATH": path(engine), "LABCHECK_IMAGES": "course", "PYTHONPATH": str(ROOT), "LABCHECK_HOME": str(images)}
    settings = [f"{name}={value}" for name, value in own.items()]
    inside = (sys.executable, "-m", "labcheck", "sandbox", "run", "--")
    if engine.driver is Driver.ROOT:
        yield lambda *command: ["env", *settings, *inside, *command]
        return
    with tempfile.TemporaryDirectory() as folder:
        person = Path(folder) / "home"
        shutil.copytree(images / "images", person / ".local/share/labcheck/images", symlinks=True)
        for one in (person, *person.rglob("*")):
            os.chown(one, UID, UID, follow_symlinks=False)
        settings += [f"HOME={person}", f"LABCHECK_HOME={person}/.local/share/labcheck"]
        yield lambda *command: on_a_machine_with(person, *as_person("env", *settings, *inside, *command))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
