"""Whole labs, each step done correctly and otherwise than the lab's own solution says.

A step demands an effect, so whatever has it must pass. Each lab puts several ways together, so that they cost little;
what stands beside a step's own commands (another container, another image, a registry created again) must do no harm.
Played inside a sandbox, in one process, with a look after each command. It prints what is wrong.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from labcheck.attempt import Attempt, opened
from labcheck.lab import load
from labcheck.report import Report, State
from labcheck.verdict import Outcome
from tests.live import by_curl, editing_ways
from tests.live.learner import BACK, LAB, PRUNE, PULL, PUSH, START, STOP, TAG
from tests.live.playing import PATIENCE, Shell

DIGEST = "docker image inspect -f '{{index .RepoDigests 0}}'"
OWN_SETTINGS = "docker run -d -v data:/var/lib/registry -e REGISTRY_STORAGE_DELETE_ENABLED=true"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
AT = "localhost:5000/v2"
SHOW = f"curl -s -H 'Accept: {MANIFEST}' {AT}"
ANSWER = f"labcheck answer {LAB}"
ANSWERS: Mapping[str, Sequence[str]] = {
    "catalog": [f"{ANSWER} catalog nginx,httpd"],
    "images-left": [f"{ANSWER} images-left 1"],
    "why-one-stays": [f"{ANSWER} why-one-stays in-use"],
}

LABS: Mapping[str, Mapping[str, Sequence[str]]] = {
    **editing_ways.LABS,
    "in long words": {
        "start-registry": [
            "docker container create --name my-registry -p 5000:5000/tcp --restart always docker.io/library/registry:2",
            "docker container start my-registry",
            "docker restart my-registry",
        ],
        "pull": ["docker image pull docker.io/library/nginx:latest", "docker create --name web httpd", "docker rm web"],
        "tag": [
            "docker tag $(docker image ls -q nginx:latest) localhost:5000/nginx",
            "docker tag docker.io/library/httpd localhost:5000/httpd:v1",
            "docker tag localhost:5000/httpd:v1 localhost:5000/httpd",
        ],
        "push": ["docker push -q localhost:5000/nginx", "docker image push --all-tags localhost:5000/httpd"],
        "catalog": [f"{ANSWER} catalog 'nginx & httpd'"],
        "prune": ["docker system prune --all --force"],
        "images-left": [f"{ANSWER} images-left one"],
        "why-one-stays": [f"{ANSWER} why-one-stays 'A container uses it.'"],
        "pull-back": ["docker pull -a localhost:5000/nginx", "docker pull --all-tags localhost:5000/httpd"],
        "remove-registry": ["docker stop $(docker ps -q --filter name=my-registry)", "docker container prune -f"],
    },
    "among the learner's own": {
        "start-registry": [
            "docker network create mine",
            "docker run -d --name web -p 8080:80 nginx",
            "docker run -d --name spare -p 5001:5000 registry:2",
            f"{OWN_SETTINGS} --network mine --name first --publish published=5000,target=5000 registry",
            "docker rename first my-registry",
            "docker update --restart=always my-registry",
        ],
        "pull": ["docker pull nginx:1", "docker pull httpd"],
        "tag": [
            f"docker tag $({DIGEST} nginx) localhost:5000/nginx",
            "echo FROM httpd | docker build -q -t localhost:5000/httpd -",
        ],
        "push": [
            "docker push localhost:5000/nginx & docker push localhost:5000/httpd; wait $!",
            "docker push localhost:5000/nginx",
            "docker run -d --name once localhost:5000/httpd",
        ],
        "catalog": [f'{ANSWER} catalog "$(curl -s localhost:5000/v2/_catalog)"'],
        "prune": [
            "docker rm -f web spare once",
            "docker image rm nginx nginx:1 localhost:5000/nginx",
            "docker rmi -f $(docker images -q httpd)",
        ],
        "why-one-stays": [f"{ANSWER} why-one-stays IN-USE"],
        "images-left": [f"{ANSWER} images-left $(docker image ls -q | sort -u | wc -l)"],
        "pull-back": [
            "docker rm -f my-registry",
            START.replace("registry:2", "-v data:/var/lib/registry registry:2"),
            "sleep 1",
            "docker run --rm localhost:5000/nginx true",
            "docker create --name back localhost:5000/httpd",
        ],
        "remove-registry": ["docker rm --force --volumes my-registry"],
    },
    "in another order": {
        "pull": [
            PULL,
            "docker save -o /run/nginx.tar nginx",
            "docker rmi nginx",
            "docker load -i /run/nginx.tar",
        ],
        "tag": [TAG],
        "start-registry": [
            "docker pull registry:2",
            START.replace("-p 5000:5000", "--network host").replace("registry:2", f"$({DIGEST} registry:2)"),
            "docker kill my-registry",
            "docker start my-registry",
        ],
        "push": [
            "docker tag nginx 127.0.0.1:5000/nginx",
            "docker push 127.0.0.1:5000/nginx",
            "docker tag httpd localhost:5000/httpd:v1",
            "docker push localhost:5000/httpd:v1",
            f"{SHOW}/httpd/manifests/v1 > /run/manifest",
            f"curl -sf -X PUT -H 'Content-Type: {MANIFEST}' --data-binary @/run/manifest {AT}/httpd/manifests/latest",
        ],
        "prune": ["docker image prune --all --force --filter until=1s", PRUNE],
        "pull-back": [
            f"docker pull localhost:5000/nginx@sha256:$({SHOW}/nginx/manifests/latest | sha256sum | cut -d' ' -f1)",
            "docker tag $(docker image ls -q localhost:5000/nginx) localhost:5000/nginx",
            "docker pull localhost:5000/httpd:v1",
            "docker tag localhost:5000/httpd:v1 localhost:5000/httpd",
        ],
        **ANSWERS,
        "remove-registry": ["docker kill my-registry", "docker rm -v my-registry"],
    },
    "of another version, with detours": {
        "start-registry": [
            "docker pull registry && docker tag registry registry:3 && docker rmi registry",
            "docker run -d --name my-registry -p '[::1]:5000:5000' --restart always registry:3",
        ],
        "pull": ["docker run --rm nginx true", "docker pull -q httpd"],
        "tag": [
            "docker tag httpd localhost:5000/nginx",
            "docker tag nginx localhost:5000/nginx",
            "docker tag httpd localhost:5000/httpd",
        ],
        "push": [
            "docker tag nginx localhost:5000/httpd",
            "docker push localhost:5000/httpd",
            "docker tag httpd localhost:5000/httpd",
            PUSH,
            "docker pause my-registry && docker unpause my-registry",
        ],
        "catalog": ANSWERS["catalog"],
        "prune": [
            "docker image prune -f",
            "docker rmi nginx httpd",
            PRUNE,
        ],
        "images-left": [f"{ANSWER} images-left '1 image'"],
        "why-one-stays": ANSWERS["why-one-stays"],
        "pull-back": [
            "docker pull nginx && docker tag nginx localhost:5000/nginx",
            "docker rmi nginx localhost:5000/nginx",
            "docker pull localhost:5000/nginx:latest && docker pull localhost:5000/httpd:latest",
            BACK,
            "docker tag localhost:5000/nginx nginx",
        ],
        "remove-registry": [STOP],
    },
    "digests by curl": by_curl.WAY,
}
OTHERS: Mapping[str, str] = dict.fromkeys(editing_ways.LABS, editing_ways.LAB) | {"digests by curl": "tags-and-digests"}
"""The lab of a way, where it is not the practice."""


def played(steps: Mapping[str, Sequence[str]], attempt: Attempt, shell: Shell) -> None:
    """Do each step; it is not done before, it passes then, and no step done before it breaks."""
    report = attempt.look()
    for name, commands in steps.items():
        if report.step(name).done:
            raise SystemExit(f"{name} is done before it was begun")
        for command in commands:
            shell.succeeds(command)
            report = attempt.look()
        report = reached(name, report, attempt)
        wrong = [step for step in report.steps if step.id == name and step.outcome is not Outcome.PASS]
        wrong += [step for step in report.steps if step.state is State.BROKEN]
        if wrong:
            raise SystemExit(f"after {commands[-1]}: {wrong[0].id}: {wrong[0].trouble}")
    if report.outcome is not Outcome.PASS:
        raise SystemExit(f"the lab is not solved: {report}")


def reached(name: str, report: Report, attempt: Attempt) -> Report:
    """The report once the step passes, or when patience ends: a registry needs a moment to answer."""
    deadline = time.monotonic() + PATIENCE
    while report.step(name).outcome is not Outcome.PASS and time.monotonic() < deadline:
        time.sleep(0.1)
        report = attempt.look()
    return report


def main(name: str) -> None:
    """Play the lab in this way."""
    with TemporaryDirectory() as folder, opened(load(OTHERS.get(name, LAB))) as attempt:
        shell = Shell(Path(folder))
        played(LABS[name], attempt, shell)
        shell.close()


if __name__ == "__main__":
    main(sys.argv[1])
