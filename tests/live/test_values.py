"""Values that are drawn for a learner: whoever looks, looks for the same, and for others after a reset."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.lab import Lab, load
from labcheck.sandbox.outside import Sandbox
from labcheck.seed import SEED
from tests.live.learner import Learner
from tests.support.places import TESTS

LAB = str(TESTS / "support/drawn_lab.yaml")
RECORD = f"""
import threading
from labcheck.lab import load
from labcheck.watch import record
for moments in record([load("start-here"), load({LAB!r})], until=threading.Event()):
    print(*(f"{{it.head.attempt}} {{it.head.seed}} {{[*it.standing.done]}}" for it in moments[1:]), flush=True)
"""

WRONG = """
title: Wrong
values: {what: [one, two, three]}
steps:
  - {id: pull, title: Pull, solution: "false", checks: [{check: image-present, image: "{what}"}]}
"""


@pytest.fixture
def learner(world: Sandbox) -> Learner:
    """A learner in a sandbox of his own."""
    return Learner(world)


@pytest.fixture
def recorder(learner: Learner) -> Iterator[subprocess.Popen[str]]:
    """What records all labs while the course is open."""
    recording = subprocess.Popen(
        learner.world.entering([sys.executable, "-c", RECORD]),
        env=learner.world.environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with recording:
        yield recording
        os.killpg(recording.pid, signal.SIGKILL)


def drawn(learner: Learner) -> Lab:
    """The lab as this learner's attempt draws it."""
    report = json.loads(learner.labcheck("check", LAB, "--format", "json")[1])
    return load(LAB).drawn(report["seed"])


def solution(learner: Learner, step: str) -> str:
    """What is told to be typed."""
    code, said = learner.labcheck("solution", LAB, step)
    assert code == 0
    return said


def test_what_is_told_is_what_is_looked_for_and_a_reset_draws_again(
    learner: Learner, recorder: subprocess.Popen[str]
) -> None:
    first = solution(learner, "start")
    lab = drawn(learner)
    assert first.split() == lab.step("start").solution.split()
    learner.types(first, solution(learner, "push"))
    code, said = learner.labcheck("answer", LAB, "held", f"{lab.values['registry']}/{lab.values['what']}")
    assert (code, f"Inside the registry it is called {lab.values['what']}." in said) == (1, True)
    assert learner.labcheck("answer", LAB, "held", lab.values["what"])[0] == 0
    assert recorder.stdout
    assert any(line.startswith(f"1 {lab.seed}") and "'push', 'held'" in line for line in recorder.stdout)

    code, said = learner.labcheck("reset", LAB, "--yes")
    assert code == 0
    assert re.search(rf"^container +{lab.values['what']}$", said, re.MULTILINE), "it removes what was drawn before"
    other = drawn(learner)
    assert other.seed != lab.seed
    learner.types(solution(learner, "start"))
    assert any(line.startswith(f"2 {other.seed} ['start']") for line in recorder.stdout)
    assert learner.labcheck("attempts", LAB)[1].count("of 4 steps") == 2
    # What the reset removes is nobody's doing: the last step, which asks for that, is not done.
    assert "3 of 4 steps" in learner.labcheck("attempts", LAB)[1], "the first one is judged by what it drew"


def test_the_lab_is_rehearsed_as_another_learner_gets_it_and_again_as_the_same(
    learner: Learner, tmp_path: Path
) -> None:
    code, said = learner.labcheck("rehearse", "--here", LAB)
    assert (code, said.splitlines()[-1]) == (0, f"{LAB}: all 4 steps are proved")
    lab = tmp_path / "wrong.yaml"
    lab.write_text(WRONG, encoding="utf-8")
    done = learner.world.run([sys.executable, "-m", "labcheck", "rehearse", "--here", str(lab)], extra={SEED: "it's"})
    drawn = load(str(lab)).drawn("it's").values["what"]
    assert done.returncode == 1
    assert f"The image {drawn} is here" in done.stdout
    assert f"""{SEED}='it'"'"'s' labcheck rehearse {lab}""" in done.stdout
