"""A real registry in a cell without -d, and a real question of docker's: the cell says what is the matter."""

from __future__ import annotations

import sys

import pytest

from labcheck.sandbox.outside import Sandbox

pytestmark = pytest.mark.live

FOREGROUND = """
import _thread, subprocess, threading, time
from labcheck.errors import NotebookError
from labcheck.notebook.terminal import run

def looked():
    time.sleep(9)
    subprocess.run(["labcheck", "check", "push-and-pull"], stdout=subprocess.DEVNULL)
    subprocess.run(["curl", "-s", "-o", "/dev/null", "localhost:5000/v2/_catalog"])
    time.sleep(1)
    _thread.interrupt_main()

threading.Thread(target=looked).start()
try:
    run("docker run --name my-registry -p 5000:5000 registry:2")
except NotebookError as error:
    print(error)
"""
PRUNE = """
from labcheck.errors import NotebookError
from labcheck.notebook.terminal import run

run("docker pull -q busybox")
try:
    run("docker image prune -a")
except NotebookError as error:
    print(error)
run("docker image ls -q")
run("docker image prune -a -f")
"""


def said(world: Sandbox, program: str) -> str:
    done = world.run([sys.executable, "-c", program], timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_registry_without_d_is_told_and_its_log_is_spared_of_our_looks(world: Sandbox) -> None:
    shown = said(world, FOREGROUND)
    assert "docker rm -f my-registry\n    docker run -d --name my-registry -p 5000:5000 registry:2\n" in shown
    assert shown.count("What the registry logs of labcheck's own looks is left out here.") == 1
    assert "useragent=labcheck" not in shown
    assert '"curl/' in shown
    assert shown.endswith("The command was interrupted.\n")


def test_a_question_that_nobody_can_answer_fails_the_cell(world: Sandbox) -> None:
    asked, _, after = said(world, PRUNE).partition(
        "docker asked whether you are sure, and in a cell nobody can answer."
    )
    assert asked.endswith("[y/N] ")
    image = after.splitlines()[1]
    assert len(image) == 12
    assert "Total reclaimed space" in after
