"""The practice lab, really played: as written, and in every other correct way."""

from __future__ import annotations

import sys
from collections.abc import Sequence

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
        for command in commands[:-1]:
            learner.types(command)
            assert not learner.step(name)["done"], command
        assert not learner.step(name)["done"]
        learner.types(commands[-1])
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


WAYS: dict[str, tuple[str, Sequence[str]]] = {
    "create, then start": ("start-registry", [START.replace("run -d", "create"), "docker start my-registry"]),
    "another tag of the registry": ("start-registry", ["docker pull registry:2", START]),
    "the registry by its canonical name": (
        "start-registry",
        [START.replace("registry:2", "docker.io/library/registry:2")],
    ),
    "the registry by its image's id": (
        "start-registry",
        ["docker pull registry:2", START.replace("registry:2", "$(docker image ls -q registry:2)")],
    ),
    "published on loopback only": ("start-registry", [START.replace("-p 5000:5000", "-p 127.0.0.1:5000:5000")]),
    "the host's network": ("start-registry", [START.replace("-p 5000:5000", "--network host")]),
    "a named volume": ("start-registry", [START.replace("registry:2", "-v data:/var/lib/registry registry:2")]),
    "the policy set later": (
        "start-registry",
        [START.replace(" --restart=always", ""), "docker update --restart=always my-registry"],
    ),
    "renamed": ("start-registry", [START.replace("my-registry", "other"), "docker rename other my-registry"]),
    "on a second port as well": ("start-registry", [START.replace("-p 5000:5000", "-p 5001:5000 -p 5000:5000")]),
    "in a network of one's own": (
        "start-registry",
        ["docker network create mine", START.replace("-p 5000:5000", "--network mine -p 5000:5000")],
    ),
    "in the foreground": ("start-registry", [f"({START.replace(' -d', '')} >/run/said 2>&1 &)"]),
    "listening elsewhere inside": (
        "start-registry",
        [START.replace("-p 5000:5000", "-p 5000:80 -e REGISTRY_HTTP_ADDR=:80")],
    ),
    "with enough memory": ("start-registry", [START.replace("registry:2", "--memory 256m registry:2")]),
    "stopped and started again": ("start-registry", [START, "docker stop my-registry", "docker start my-registry"]),
    "another container on another port": ("start-registry", ["docker run -d --name web -p 8080:80 nginx", START]),
    "pulled without a tag": ("pull", ["docker pull nginx", "docker pull docker.io/library/httpd"]),
    "tagged by image id": (
        "tag",
        [
            PULL,
            "docker tag $(docker image ls -q nginx:latest) localhost:5000/nginx",
            "docker tag $(docker image ls -q httpd:latest) localhost:5000/httpd:latest",
        ],
    ),
    "all tags pushed at once": (
        "push",
        [START, PULL, TAG, "docker push -a localhost:5000/nginx", "docker push -a localhost:5000/httpd"],
    ),
    "another tag pushed as well": (
        "push",
        [START, PULL, TAG, "docker tag nginx localhost:5000/nginx:v1", "docker push localhost:5000/nginx:v1", PUSH],
    ),
    "pushed twice": ("push", [START, PULL, TAG, PUSH, PUSH]),
    "removed by name": (
        "prune",
        [
            *(START, PULL, TAG, PUSH, "CHECK"),
            "docker rmi nginx httpd localhost:5000/nginx localhost:5000/httpd",
        ],
    ),
    "an answer in the catalog's own words": (
        "catalog",
        [START, PULL, TAG, PUSH, "CHECK", f'labcheck answer {LAB} catalog \'{{"repositories":["httpd","nginx"]}}\''],
    ),
    "pulled with the tag": (
        "pull-back",
        [
            *(START, PULL, TAG, PUSH, "CHECK", PRUNE),
            "docker pull localhost:5000/nginx:latest",
            "docker pull localhost:5000/httpd:latest",
        ],
    ),
    "pulled twice": ("pull-back", [START, PULL, TAG, PUSH, "CHECK", PRUNE, "CHECK", BACK, BACK]),
    "pulled by docker run": (
        "pull-back",
        [
            *(START, PULL, TAG, PUSH, "CHECK", PRUNE),
            "docker run -d localhost:5000/nginx",
            "docker run -d localhost:5000/httpd",
        ],
    ),
    "removed by force": (
        "remove-registry",
        [START, PULL, TAG, PUSH, "CHECK", PRUNE, "CHECK", BACK, "CHECK", "docker rm -f -v my-registry"],
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_correct_way_passes(way: str, learner: Learner) -> None:
    step, commands = WAYS[way]
    assert not learner.step(step)["done"]
    for command in commands:
        if command == "CHECK":
            learner.settled("push")
        else:
            learner.types(f"sleep 0.5; {command}" if "push" in command else command)
    assert learner.settled(step)["outcome"] == "pass"


@pytest.mark.parametrize("name", ways.LABS)
def test_a_whole_lab_played_in_other_correct_ways(name: str, world: Sandbox) -> None:
    played = world.run([sys.executable, "-m", "tests.live.ways", name], timeout=120, folder=ROOT)
    assert (played.returncode, played.stdout + played.stderr) == (0, "")
