"""The command line against a real engine and a real registry."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.live.learner import BACK, LAB, PRUNE, PULL, PUSH, START, TAG, Learner

pytestmark = pytest.mark.live
READY = "for i in $(seq 600); do curl -sf localhost:5000/v2/ > /dev/null && break; sleep 0.1; done"


@pytest.fixture
def learner(world: Sandbox) -> Learner:
    """A learner in a sandbox of his own."""
    return Learner(world)


@pytest.fixture
def watching(learner: Learner) -> Iterator[subprocess.Popen[str]]:
    """``labcheck watch`` in a terminal of its own."""
    watch = subprocess.Popen(
        learner.world.entering([sys.executable, "-m", "labcheck", "watch", LAB]),
        env=learner.world.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    yield watch
    if watch.poll() is None:
        os.killpg(watch.pid, signal.SIGINT)
    watch.communicate(timeout=240)


def test_labcheck_alone_says_where_you_are_and_what_to_type(learner: Learner) -> None:
    learner.types(START, READY)
    learner.check()
    code, said = learner.labcheck()
    assert code == 1
    assert "Next: Pull nginx and httpd from Docker Hub" in said
    assert "\n    docker pull nginx:latest\n" in said


def test_watch_ticks_each_step_and_ends_when_all_is_done(watching: subprocess.Popen[str], learner: Learner) -> None:
    assert watching.stdout
    for line in watching.stdout:
        if line.strip() == START:
            break
    learner.types(START)
    assert any(line.startswith("done") and "Start a registry" in line for line in watching.stdout)
    for commands, title in (
        ((PULL, TAG, READY, PUSH), "Push both"),
        ((PRUNE,), "Remove every"),
        ((BACK,), "Pull both"),
    ):
        learner.types(*commands)
        assert any(line.startswith("done") and title in line for line in watching.stdout)
    learner.labcheck("answer", LAB, "catalog", "nginx,httpd")
    learner.labcheck("answer", LAB, "images-left", "1")
    learner.labcheck("answer", LAB, "why-one-stays", "in-use")
    learner.types("docker rm -f -v my-registry")
    said, _ = watching.communicate(timeout=240)
    assert "Well done!" in said
    assert watching.returncode == 0


def test_a_second_watcher_follows_the_first_and_takes_its_place(
    watching: subprocess.Popen[str], learner: Learner
) -> None:
    second = subprocess.Popen(
        learner.world.entering([sys.executable, "-m", "labcheck", "watch", LAB]),
        env=learner.world.environment,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert watching.stdout
    assert second.stdout
    for stream in (watching.stdout, second.stdout):
        assert any(line.strip() == START for line in stream)
    learner.types(START)
    for stream in (watching.stdout, second.stdout):
        assert any(line.startswith("done") and "Start a registry" in line for line in stream)
    os.killpg(watching.pid, signal.SIGKILL)
    learner.types(PULL)
    assert any(line.startswith("done") and "Pull nginx" in line for line in second.stdout)
    os.killpg(second.pid, signal.SIGKILL)
    second.communicate(timeout=240)


def test_a_journal_that_is_deleted_while_watch_runs_is_said_once_and_watching_goes_on(
    watching: subprocess.Popen[str], learner: Learner
) -> None:
    assert watching.stdout
    assert any(line.strip() == START for line in watching.stdout)
    learner.types('rm "$LABCHECK_JOURNAL"*', START)
    said = []
    for line in watching.stdout:
        said.append(line)
        if line.startswith("done") and "Start a registry" in line:
            break
    learner.types(PULL)
    for line in watching.stdout:
        said.append(line)
        if line.startswith("done") and "Pull nginx" in line:
            break
    assert sum("was deleted or replaced while it was in use" in line for line in said) == 1, said
    assert not any("Traceback" in line for line in said)
    assert learner.step("pull")["done"], "in the new journal"


def test_a_reset_removes_what_the_lab_made_and_nothing_else(learner: Learner) -> None:
    learner.types(START, PULL, TAG, READY, PUSH, "docker run -d --name mine -v mine:/data busybox sleep 600")
    learner.check()
    assert learner.labcheck("reset", LAB)[0] == 2
    assert "my-registry" in learner.types("docker ps")
    code, said = learner.labcheck("reset", LAB, "--yes")
    assert code == 0
    assert "container  my-registry" in said
    assert learner.types("docker ps -a --format '{{.Names}}'").split() == ["mine"]
    assert learner.types("docker image ls --format '{{.Repository}}'").split() == ["busybox"]
    assert learner.types("docker volume ls -q").split() == ["mine"]
    report = learner.check()
    assert (report["attempt"], report["points"]) == (2, 0)


def test_every_format_tells_the_same(learner: Learner) -> None:
    learner.types(START, READY)
    assert learner.step("start-registry")["done"]
    suite = ET.fromstring(learner.labcheck("check", LAB, "--format", "junit")[1]).find(".//testsuite")  # noqa: S314 - ours
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("10", "1")
    assert "Start a registry on port 5000" in learner.labcheck("check", LAB, "--format", "html")[1]
    assert learner.labcheck("check", LAB, "--step", "start-registry")[0] == 0
    assert learner.labcheck("check", LAB, "--step", "pull")[0] == 1


def test_a_registry_that_does_not_answer_is_inconclusive_within_the_deadline(learner: Learner) -> None:
    learner.types(START, READY)
    assert learner.step("start-registry")["done"]
    learner.types(PULL, TAG, "docker pause my-registry")
    began = time.monotonic()
    push = learner.step("push")
    assert time.monotonic() - began < 40
    assert push["outcome"] == "inconclusive"
    assert "localhost:5000" in push["checks"][0]["actual"]


def test_an_engine_that_stopped_is_inconclusive_and_loses_nothing(learner: Learner) -> None:
    learner.types(START, READY)
    assert learner.step("start-registry")["done"]
    nowhere = {"DOCKER_HOST": "unix:///run/nowhere.sock"}
    down = learner.world.run([sys.executable, "-m", "labcheck", "check", LAB, "--format", "json"], extra=nowhere)
    steps = json.loads(down.stdout)["steps"]
    assert (steps[0]["done"], steps[0]["holds_now"], steps[0]["points"]) == (True, None, 2)
    assert (steps[1]["outcome"], steps[1]["checks"][0]["diagnosis"]) == ("inconclusive", "chosen-engine-not-answering")
    assert learner.step("start-registry")["holds_now"]


@pytest.mark.parametrize("lab", [LAB, "credentials-and-tls"])
def test_a_rehearsal_proves_the_lab(lab: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "labcheck", "rehearse", lab]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all 10 steps are proved" in done.stdout
    assert not list(tmp_path.iterdir()), "it leaves a file behind"


RUN = "docker run -d --name back httpd"
LATER = f"docker pull -q busybox; docker rm -f back; (sleep 2; {RUN}) > later 2>&1 &"
"""What comes back by itself, but not at once, is not undone."""


def test_a_rehearsal_finds_what_is_wrong_with_a_lab(tmp_path: object) -> None:
    file = f"{tmp_path}/wrong.yaml"
    steps = [
        {"id": "no-op", "title": "A", "solution": "true", "checks": [{"check": "image-present", "image": "nginx"}]},
        {"id": "pull", "title": "B", "solution": "docker pull -q nginx",
         "checks": [{"check": "image-present", "image": "nginx"}]},
        {"id": "undo", "title": "C", "after": ["pull"], "solution": "docker rmi nginx",
         "checks": [{"check": "image-absent", "image": "nginx"}]},
        {"id": "already", "title": "D", "after": ["undo"], "solution": "true",
         "checks": [{"check": "image-absent", "image": "nginx"}]},
        {"id": "run", "title": "E", "solution": RUN,
         "checks": [{"check": "container-runs", "name": "back", "image": "httpd"}]},
        {"id": "later", "title": "F", "solution": LATER,
         "checks": [{"check": "image-present", "image": "busybox"}]},
    ]  # fmt: skip
    with open(file, "w", encoding="utf-8") as stream:  # noqa: PTH123 - JSON is YAML
        json.dump({"title": "Wrong", "steps": steps}, stream)
    done = subprocess.run(
        [sys.executable, "-m", "labcheck", "rehearse", file], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("FAIL  no-op")
    assert lines[1].startswith("ok    pull")
    assert "it undoes ['no-op', 'pull']" in lines[2]
    assert "done before its solution was played" in lines[3]
    assert [line.split()[:2] for line in lines[4:6]] == [["ok", "run"], ["ok", "later"]]


def test_what_a_failed_solution_prints_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "my labs" / "loud.yaml"
    file.parent.mkdir()
    solution = "printf '\\033[2J\\033]0;title\\007caf\\351' >&2; exit 3"
    steps = [{"id": "loud", "title": "A", "solution": solution, "checks": [{"check": "image-present", "image": "x"}]}]
    file.write_text(json.dumps({"title": "Loud", "steps": steps}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "labcheck", "rehearse", str(file)], capture_output=True, timeout=240, check=False
    )
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout
    assert b"failed: \\x1b[2J\\x1b]0;title\\x07caf\\xe9" in done.stdout
    assert done.stdout.endswith(b"loud.yaml: 1 of 1 steps are wrong\n")
