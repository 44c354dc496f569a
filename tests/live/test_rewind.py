"""``labcheck goto``: whoever broke their world goes on where a step begins; what is played for them earns nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from labcheck.lab import load
from labcheck.rewind import before
from labcheck.sandbox.outside import Sandbox
from tests.live.learner import BACK, LAB, PULL, PUSH, START, Learner

SLOW = """
title: Slow
steps:
  - id: pull
    title: Pull
    # Under a name of its own: who pulled busybox here before would have done this step, as the engine's events tell.
    solution: docker pull busybox && docker tag busybox slow-image
    checks: [{check: image-present, image: slow-image}]
  - id: run
    title: Run
    solution: docker run --name slow busybox sleep 600
    checks: [{check: container-runs, name: slow, image: busybox}]
  - {id: end, title: End, after: [run], checks: [{check: container-absent, name: slow}]}
"""


@pytest.fixture
def learner(shared_world: Sandbox) -> Learner:
    """A learner in the sandbox of this module, who starts over."""
    learner = Learner(shared_world)
    learner.types("docker rm -fv $(docker ps -aq) 2>/dev/null || true")
    assert learner.labcheck("reset", LAB, "--yes")[0] == 0
    return learner


def steps(learner: Learner) -> dict[str, Any]:
    """How the lab's steps stand."""
    return {step["id"]: step for step in learner.check()["steps"]}


def test_whoever_broke_their_world_goes_on_and_keeps_what_they_earned(learner: Learner) -> None:
    learner.types(START, PULL)
    assert learner.settled("pull")["done"]
    learner.types("docker rm -fv my-registry", "docker tag nginx:latest localhost:5000/httpd:latest")
    code, said = learner.labcheck("goto", LAB, "pull-back", "--yes")
    assert code == 0, said
    assert [line for line in said.splitlines() if line.startswith("playing")] == [
        f"playing    {step.title}" for step in before(load(LAB), "pull-back")
    ]
    assert "Here the step pull-back begins. What was played for you gives no points.\n\nNot yet: Pull both" in said
    now = steps(learner)
    assert [name for name, step in now.items() if step["done"]] == ["start-registry", "pull", "tag", "push", "prune"]
    assert {name: step["points"] for name, step in now.items() if step["points"]} == {"start-registry": 2, "pull": 2}
    assert [name for name, step in now.items() if step["shown"]] == ["tag", "push", "prune"]
    assert {it["what"] for step in now.values() for it in step["shown"]} == {"played"}
    learner.types(BACK)
    assert learner.step("pull-back")["points"] == 3
    assert learner.check()["attempt"] == learner.check()["best"]["attempt"], "the attempt went on"
    assert learner.check()["points"] == 7
    listed = learner.labcheck("check", LAB)[1]
    assert listed.count("no points)") == 3
    assert "3 steps were played for you." in listed
    learner.labcheck("answer", LAB, "catalog", "nginx, httpd")
    assert learner.step("catalog")["points"] == 1, "a question is never answered for the learner"


def test_in_a_notebook_what_would_be_removed_is_shown_and_then_what_is_played(learner: Learner) -> None:
    learner.types(START)
    cells = f'import labcheck; lab = labcheck.open("{LAB}"); print(lab.goto("tag")); print(lab.goto("tag", yes=True))'
    said = learner.world.run([sys.executable, "-c", cells], timeout=240).stdout
    first, _, then = said.partition('    lab.goto("tag", yes=True)\n')
    assert first.startswith("Nothing was removed yet. This would be:\n- container my-registry\n")
    assert then.startswith(
        "playing: Start a registry on port 5000\nplaying: Pull nginx and httpd from Docker Hub\nNext: "
    )


def test_one_goes_back_too_and_does_again_what_was_done(learner: Learner) -> None:
    assert learner.labcheck("goto", LAB, "pull-back")[0] == 0, "there was nothing to remove, so nothing was asked"
    code, said = learner.labcheck("goto", LAB, "push", "--yes")
    assert code == 0
    assert "container  my-registry" in said
    assert "Broken since" in said
    learner.types(PUSH)
    now = steps(learner)
    assert (now["push"]["holds_now"], now["push"]["points"], now["tag"]["holds_now"]) == (True, 0, True)


def test_what_cannot_be_played_is_said_in_one_sentence(learner: Learner) -> None:
    code, said = learner.labcheck("goto", LAB, "psuh")
    assert (code, said.count("\n")) == (2, 2)
    assert "Did you mean push?" in said
    learner.types("docker run -d --name mine -p 5000:80 busybox sleep 600")
    code, said = learner.labcheck("goto", LAB, "push", "--yes")
    assert code == 2
    assert "labcheck: The solution of the step start-registry did not work: docker run" in said
    assert "port is already allocated" in said
    assert f"labcheck check {LAB} says how the lab stands" in said
    assert "mine" in learner.types("docker ps --format '{{.Names}}'"), "what the course did not make stays"
    now = steps(learner)
    assert not now["start-registry"]["done"]
    assert not now["pull"]["shown"], "nothing after it was played"


def test_without_an_engine_nothing_is_removed_or_played(learner: Learner) -> None:
    nowhere = {"DOCKER_HOST": "unix:///run/nowhere.sock"}
    down = learner.world.run([sys.executable, "-m", "labcheck", "goto", LAB, "push", "--yes"], extra=nowhere)
    assert down.returncode == 2
    assert "Nothing can be reset." in down.stderr
    assert "there is no /run/nowhere.sock" in down.stderr
    assert not any(step["shown"] for step in steps(learner).values())


def test_what_would_be_removed_is_listed_and_asked_about(learner: Learner) -> None:
    learner.types(START)
    code, said = learner.labcheck("goto", LAB, "push")
    assert code == 2
    assert "container  my-registry" in said
    assert f"To agree beforehand, type labcheck goto {LAB} push --yes" in said
    assert "my-registry" in learner.types("docker ps --format '{{.Names}}'")


def test_ctrl_c_in_the_middle_leaves_what_is_true(learner: Learner, tmp_path: Path) -> None:
    lab = tmp_path / "slow.yaml"
    lab.write_text(SLOW, encoding="utf-8")
    going = subprocess.Popen(
        learner.world.entering([sys.executable, "-m", "labcheck", "goto", str(lab), "end", "--yes"]),
        env=learner.world.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with going:
        assert going.stdout
        assert any(line == "playing    Run\n" for line in going.stdout)
        learner.types("until docker ps --format '{{.Names}}' | grep -q slow; do sleep 0.1; done")
        os.killpg(going.pid, signal.SIGINT)
        _, said = going.communicate(timeout=240)
    assert said.startswith("labcheck: Stopped in the middle of run. ")
    assert "Traceback" not in said
    listed = learner.labcheck("check", str(lab))[1]
    assert "Pull (played for you" in listed
    assert "Run (played for you" in listed
    learner.types("docker rm -f slow", "docker rmi slow-image")


def test_an_engine_that_is_not_the_courses_is_left_alone_unless_it_is_named(world: Sandbox, tmp_path: Path) -> None:
    learner = Learner(world)
    second = Path(__file__).with_name("second_engine.sh")
    learner.types(
        f"bash {second}",
        "docker save busybox -o /run/b.tar || docker pull busybox && docker save busybox -o /run/b.tar",
    )
    learner.types("docker -H unix:///run/second.sock load -i /run/b.tar")
    lab = tmp_path / "two.yaml"
    lab.write_text(SLOW.replace("docker run --name", "docker run -d --name"), encoding="utf-8")
    elsewhere = "env -u LABCHECK_SANDBOX LABCHECK_JOURNAL=/run/second/journal DOCKER_HOST=unix:///run/second.sock"
    goto = f"{elsewhere} {sys.executable} -m labcheck goto {lab} end"

    def typed(command: str) -> tuple[int, str]:
        done = world.run(["bash", "-c", command], timeout=240)
        return done.returncode, done.stdout + done.stderr

    code, said = typed(goto)
    assert (code, said.count("\n")) == (2, 2)
    assert "labcheck: This engine is not the course's own" in said
    code, said = typed(f"{goto} --engine host")
    assert code == 2
    assert "    docker run -d --name slow busybox sleep 600\n" in said
    assert f"type labcheck goto {lab} end --engine host --yes" in said
    code, said = typed(f"{goto} --engine host --yes")
    assert code == 2, "docker pull cannot succeed there"
    assert "The solution of the step pull did not work: docker pull busybox" in said
