"""The practice with Podman's engine: half of it with the docker command, half with podman's. Run in a sandbox.

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
from tests.live.learner import LAB, START
from tests.live.playing import Shell
from tests.live.ways import ANSWERS, played
from tests.support.places import PRACTICE

STEPS: Mapping[str, Sequence[str]] = {
    "start-registry": [START.replace("-p 5000:5000", "--network host")],
    "pull": ["docker pull nginx", "podman pull httpd", "podman create --name aside httpd", "podman rm aside"],
    "tag": ["docker tag nginx localhost:5000/nginx", "podman tag httpd localhost:5000/httpd"],
    "push": ["docker push localhost:5000/nginx", "podman push localhost:5000/httpd"],
    "catalog": ANSWERS["catalog"],
    "prune": ["podman rmi httpd", "podman rmi localhost:5000/httpd", "podman image prune -a -f"],
    "images-left": ANSWERS["images-left"],
    "why-one-stays": ANSWERS["why-one-stays"],
    "pull-back": ["docker pull localhost:5000/nginx", "podman pull localhost:5000/httpd"],
    "remove-registry": ["docker stop my-registry", "podman rm my-registry"],
}


def main(packages: str) -> None:
    """Start it, and play the practice on it."""
    for name in ("LABCHECK_SANDBOX", "LABCHECK_JOURNAL"):
        del os.environ[name]
    with TemporaryDirectory() as folder:
        subprocess.run(["bash", Path(__file__).with_name("podman.sh"), packages], check=True)
        os.environ |= {"DOCKER_HOST": "unix:///run/podman/docker.sock", "LABCHECK_HOME": folder}
        os.environ["PATH"] = f"/run/podman/bin:{os.environ['PATH']}"
        shell = Shell(Path(folder))
        with opened(load(LAB)) as attempt:
            played(STEPS, attempt, shell)
            head = attempt.journal.current(LAB)
            if head and os.environ.get("LABCHECK_RECORD") == "1":
                (PRACTICE / "solved-on-podman.json").write_bytes(evidence.encode(attempt.journal.log(head)))
        shell.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
