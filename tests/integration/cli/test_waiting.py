"""An engine that accepts and never answers: on a terminal, each command that looks soon says what it waits for."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.command import labcheck
from tests.support.loopback import Loopback, silent
from tests.support.small_engine import SmallEngine

LOOKING: tuple[list[str], ...] = (
    ["check", "start-here"],
    ["answer", "start-here", "count", "1"],
    ["hint", "start-here", "pull"],
    ["solution", "start-here", "pull"],
    ["reset", "start-here"],
    ["goto", "start-here", "remove"],
    ["watch", "start-here"],
    ["capstone"],
    ["doctor"],
    [],
)
WAITS = re.compile(r"labcheck: Waiting for the Docker engine.*, until \d\d:\d\d:\d\d at the latest \.\.\.")


def test_every_command_that_looks_says_so_before_the_look_is_over(tmp_path: Path) -> None:
    with Loopback(silent, path=tmp_path / "docker.sock"):
        for arguments in LOOKING:
            home = tmp_path / "-".join(["home", *arguments])
            with shown(arguments, home, f"unix://{tmp_path}/docker.sock") as terminal:
                said = read(terminal, WAITS)
            assert WAITS.match(said), (arguments, said)


def test_it_is_said_once_and_a_registry_by_its_name(tmp_path: Path) -> None:
    with SmallEngine(tmp_path) as engine, Loopback(silent) as registry:
        lab = tmp_path / "lab.yaml"
        lab.write_text(ASKS.format(registry.domain), encoding="utf-8")
        with shown(["check", str(lab), "--timeout", "3"], tmp_path, engine.host) as terminal:
            said = read(terminal, re.compile("steps done"))
    (sentence,) = set(re.findall(r"Waiting for [^[]*? at the latest", said))
    assert sentence.startswith(f"Waiting for {registry.domain}, until ")


def test_the_line_moves_and_is_gone_in_the_end(tmp_path: Path) -> None:
    with Loopback(silent, path=tmp_path / "docker.sock"):
        asked = ["check", "start-here", "--timeout", "3.5"]
        with shown(asked, tmp_path, f"unix://{tmp_path}/docker.sock") as terminal:
            said = read(terminal, re.compile("steps done"))
    pictures = re.findall(r"latest \.\.\. \[( *==== *)\] (\d) s", said)
    assert {seconds for _, seconds in pictures} >= {"1", "2"}, said
    assert len({bar for bar, _ in pictures}) > 1
    assert "\x1b[KStart here" in said, "it is taken away before anything else is written"


def test_what_is_piped_has_no_such_line(tmp_path: Path) -> None:
    with Loopback(silent, path=tmp_path / "docker.sock"):
        asked = ("check", "start-here", "--timeout", "1.5", "--format", "json")
        done = labcheck(*asked, home=tmp_path, engine=f"unix://{tmp_path}/docker.sock")
    assert done.stderr == ""
    assert json.loads(done.stdout)["outcome"] == "inconclusive"


ASKS = """
title: A registry
about: It answers.
minutes: 1
steps:
  - id: answers
    title: It answers
    points: 1
    solution: "true"
    checks:
      - {{check: registry-answers, domain: "{}"}}
"""


@contextmanager
def shown(arguments: list[str], home: Path, engine: str) -> Iterator[int]:
    """A terminal in which this was typed; whatever still runs in it is ended."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "labcheck", *arguments]
    env = os.environ | {
        "LABCHECK_HOME": str(home),
        "DOCKER_HOST": engine,
        "NO_COLOR": "1",
        "TERM": "xterm",
        "COLUMNS": "120",
    }
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as process:
        os.close(theirs)
        try:
            yield ours
        finally:
            process.kill()
            os.close(ours)


def read(terminal: int, until: re.Pattern[str], within: float = 30) -> str:
    """What the terminal shows until it shows this; where its lines end does not matter."""
    text, deadline = "", time.monotonic() + within
    while not until.search(_unwrapped(text)) and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                text += os.read(terminal, 65536).decode()
            except OSError:  # nobody has the other side any more
                break
    return _unwrapped(text)


def _unwrapped(text: str) -> str:
    return " ".join(text.split())
