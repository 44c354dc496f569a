"""The first step alone, done in each other correct way: what is not demanded may be otherwise.

Played inside a sandbox, in one process: before each way nothing is there but images, and a new attempt begins. It
prints which ways do not pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from labcheck.attempt import Attempt, opened
from labcheck.lab import load
from labcheck.leftovers import Leftovers
from labcheck.verdict import Outcome
from tests.live.learner import LAB, START
from tests.live.playing import Shell
from tests.live.ways import reached

STEP = "start-registry"
ANEW = "docker ps -aq | xargs -r docker rm -fv; docker volume prune -af; docker network prune -f"
BUILT = "docker create --name aside registry:2 >/dev/null && docker export aside && docker rm -v aside >/dev/null"
"""A registry's files, for an image that has no name, label or setting of a registry's image."""
RUN = "zot:1 /usr/bin/registry serve /etc/docker/registry/config.yml"
WAYS: Mapping[str, Sequence[str]] = {
    "create, then start": [START.replace("run -d", "create"), "docker start my-registry"],
    "another tag of the registry": ["docker pull registry:2", START],
    "by its canonical name": [START.replace("registry:2", "docker.io/library/registry:2")],
    "by its image's id": ["docker pull registry:2", START.replace("registry:2", "$(docker image ls -q registry:2)")],
    "published on loopback only": [START.replace("-p 5000:5000", "-p 127.0.0.1:5000:5000")],
    "the host's network": [START.replace("-p 5000:5000", "--network host")],
    "a named volume": [START.replace("registry:2", "-v data:/var/lib/registry registry:2")],
    "the policy set later": [START.replace(" --restart=always", ""), "docker update --restart=always my-registry"],
    "renamed": [START.replace("my-registry", "other"), "docker rename other my-registry"],
    "on a second port as well": [START.replace("-p 5000:5000", "-p 5001:5000 -p 5000:5000")],
    "in a network of one's own": [
        "docker network create mine",
        START.replace("-p 5000:5000", "--network mine -p 5000:5000"),
    ],
    "in the foreground": [f"({START.replace(' -d', '')} >/run/said 2>&1 &)"],
    "listening elsewhere inside": [START.replace("-p 5000:5000", "-p 5000:80 -e REGISTRY_HTTP_ADDR=:80")],
    "with enough memory": [START.replace("registry:2", "--memory 256m registry:2")],
    "stopped and started again": [START, "docker stop my-registry", "docker start my-registry"],
    "under the name of a mirror": [
        "docker pull registry:2 && docker tag registry:2 mirror.example/library/registry:2 && docker rmi registry:2",
        START.replace("registry:2", "mirror.example/library/registry:2"),
    ],
    "another program that behaves as one": [
        f"{{ {BUILT}; }} | docker import - zot:1",
        START.replace("registry:2", RUN),
    ],
    "another container on another port": ["docker run -d --name web -p 8080:80 nginx", START],
}


def wrong(commands: Sequence[str], attempt: Attempt, shell: Shell) -> str:
    """What is wrong with the step when this was typed where nothing was there, if anything."""
    shell.succeeds(ANEW)
    attempt.reset(Leftovers())
    report = attempt.look()
    if report.step(STEP).done:
        return "it is done before it was begun"
    shell.succeeds(*commands)
    step = reached(STEP, report, attempt).step(STEP)
    return "" if step.outcome is Outcome.PASS else str(step.trouble)


def main() -> None:
    """Play all ways."""
    with TemporaryDirectory() as folder, opened(load(LAB)) as attempt:
        attempt.look()
        shell = Shell(Path(folder))
        told = {way: wrong(commands, attempt, shell) for way, commands in WAYS.items()}
        shell.close()
    if failed := [f"{way}: {trouble}" for way, trouble in told.items() if trouble]:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
