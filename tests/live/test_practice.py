"""The practice lab, really played: as written, and in every other correct way."""

from __future__ import annotations

import sys

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.live import ways
from tests.live.learner import BACK, LAB, PRUNE, PULL, PUSH, START, STOP, TAG, Learner, trouble
from tests.support.places import ROOT

pytestmark = pytest.mark.live


@pytest.fixture
def learner(world: Sandbox) -> Learner:
    """A learner in a sandbox of his own."""
    return Learner(world)


def test_the_lab_as_written_with_a_look_after_each_command(learner: Learner) -> None:
    untouched = learner.check()
    assert [step["done"] for step in untouched["steps"]] == [False] * len(untouched["steps"])
    learner.record("untouched")
    for name, commands in {
        "start-registry": [START],
        "pull": ["docker pull nginx:latest", "docker pull httpd:latest"],
        "tag": [TAG],
        "push": ["docker push localhost:5000/nginx:latest", "docker push localhost:5000/httpd:latest"],
        "catalog": ["curl -sX GET localhost:5000/v2/_catalog", f"labcheck answer {LAB} catalog httpd nginx"],
        "prune": [PRUNE],
        "images-left": [f"labcheck answer {LAB} images-left 1"],
        "why-one-stays": [f"labcheck answer {LAB} why-one-stays in-use"],
        "pull-back": ["docker pull localhost:5000/nginx", "docker pull localhost:5000/httpd"],
        "remove-registry": ["docker stop my-registry", "docker rm my-registry"],
    }.items():
        for command in commands:
            assert not learner.step(name)["done"], command
            learner.types(command)
        assert learner.settled(name)["done"], name
    solved = learner.check()
    assert solved["outcome"] == "pass"
    assert solved["points"] == solved["max_points"]
    learner.record("solved")


def test_all_typed_and_checked_once_at_the_end_is_inconclusive_and_never_failed(learner: Learner) -> None:
    learner.types(START, PULL, TAG, "sleep 1", PUSH, PRUNE, BACK, STOP)
    steps = {step["id"]: step for step in learner.check()["steps"]}
    assert steps["pull"]["done"]
    assert steps["tag"]["outcome"] == "inconclusive"
    assert steps["start-registry"]["outcome"] == "inconclusive"
    assert steps["push"]["outcome"] == "inconclusive"
    assert steps["pull-back"]["outcome"] == "inconclusive"
    assert trouble(steps["start-registry"])["fix"]["commands"] == [START]
    learner.record("checked-only-at-the-end")


def test_the_registry_started_in_every_other_correct_way(world: Sandbox) -> None:
    played = world.run([sys.executable, "-m", "tests.live.starting"], timeout=240, folder=ROOT)
    assert (played.returncode, played.stdout + played.stderr) == (0, "")


@pytest.mark.parametrize("name", ways.LABS)
def test_a_whole_lab_played_in_other_correct_ways(name: str, world: Sandbox) -> None:
    played = world.run([sys.executable, "-m", "tests.live.ways", name], timeout=240, folder=ROOT)
    assert (played.returncode, played.stdout + played.stderr) == (0, "")
