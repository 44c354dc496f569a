"""The practice with Podman's engine: with the docker command alone, and with podman's alone. Run in a sandbox.

The sandbox's own engine has no part in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from labcheck import evidence
from labcheck.attempt import opened
from labcheck.lab import load
from tests.live.learner import BACK, LAB, PULL, PUSH, START, STOP, TAG
from tests.live.playing import Shell
from tests.live.ways import ANSWERS, played
from tests.support.places import PRACTICE

START_THERE = START.replace("-p 5000:5000", "--network host")
STEPS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "docker": {
        "start-registry": [START_THERE],
        "pull": [PULL],
        "tag": [TAG],
        "push": [PUSH],
        "catalog": ANSWERS["catalog"],
        # Podman 4.3.1 refuses `docker image prune -a`.
        "prune": ["docker rmi nginx httpd localhost:5000/nginx localhost:5000/httpd"],
        "images-left": ANSWERS["images-left"],
        "why-one-stays": ANSWERS["why-one-stays"],
        "pull-back": [BACK],
        "remove-registry": [STOP],
    },
    "podman": {
        "start-registry": [START_THERE.replace("docker", "podman")],
        "pull": ["podman pull nginx", "podman pull httpd", "podman create --name aside httpd", "podman rm aside"],
        "tag": ["podman tag nginx localhost:5000/nginx", "podman tag httpd localhost:5000/httpd"],
        "push": ["podman push localhost:5000/nginx", "podman push localhost:5000/httpd"],
        "catalog": ANSWERS["catalog"],
        "prune": ["podman rmi httpd", "podman rmi localhost:5000/httpd", "podman image prune -a -f"],
        "images-left": ANSWERS["images-left"],
        "why-one-stays": ANSWERS["why-one-stays"],
        "pull-back": ["podman pull localhost:5000/nginx", "podman pull localhost:5000/httpd"],
        "remove-registry": ["podman stop my-registry", "podman rm my-registry"],
    },
}
"""The same with one command alone, by the command."""


def main(packages: str) -> None:
    """Start it, and play the practice on it, with each command."""
    for name in ("LABCHECK_SANDBOX", "LABCHECK_JOURNAL"):
        del os.environ[name]
    subprocess.run(["bash", Path(__file__).with_name("podman.sh"), packages], check=True)
    os.environ |= {"DOCKER_HOST": "unix:///run/podman/docker.sock", "PATH": f"/run/podman/bin:{os.environ['PATH']}"}
    for steps in STEPS.values():
        _play(steps)


def _play(steps: Mapping[str, Sequence[str]]) -> None:
    """Play it in an attempt of its own, and leave no image behind."""
    with TemporaryDirectory() as folder:
        os.environ["LABCHECK_HOME"] = folder
        shell = Shell(Path(folder))
        with opened(load(LAB)) as attempt:
            played(steps, attempt, shell)
            head = attempt.journal.current(LAB)
            if head and os.environ.get("LABCHECK_RECORD") == "1":
                (PRACTICE / "solved-on-podman.json").write_bytes(evidence.encode(attempt.journal.log(head)))
        shell.succeeds("podman rmi -a -f")
        shell.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
