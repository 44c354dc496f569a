"""A shell in a sandbox with the tools, and with Podman's engine in the place of Docker's if that is meant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from labcheck.attempt import Attempt
from labcheck.query import EngineInfo
from labcheck.snapshot import Found
from tests.live.playing import Shell
from tests.support.places import TESTS

PODMAN: Final = "podman"
"""In the place of an image store: the tools that work in the storage of Podman's engine."""
SERVICE = TESTS / "live" / "podman.sh"
BY_HAND = TESTS / "matrix" / "by_hand"


@contextmanager
def room(store: str, programs: str, packages: str) -> Iterator[Shell]:
    """A shell in a folder of its own, with these programs first; Podman and buildah are in the packages."""
    with TemporaryDirectory() as folder:
        subprocess.run(["bash", SERVICE, packages], check=True, stdout=sys.stderr)
        settings = json.loads(Path("/etc/docker/daemon.json").read_text(encoding="utf-8"))
        os.environ |= {
            "R": "localhost:5000",
            "HUB": settings["registry-mirrors"][0].removeprefix("http://"),
            "SOCK": "/var/run/docker.sock",
            "DOCKER_CONFIG": f"{folder}/docker",
            "LABCHECK_HOME": folder,
            "PATH": f"{programs}:/run/podman/bin:{os.environ['PATH']}",
        }
        shutil.copytree(Path(programs) / "cli-plugins", f"{folder}/docker/cli-plugins")
        if store == PODMAN:
            for name in ("LABCHECK_SANDBOX", "LABCHECK_JOURNAL"):
                del os.environ[name]
            os.environ["DOCKER_HOST"] = "unix:///run/podman/docker.sock"
        shell = Shell(Path(folder))
        for file in BY_HAND.iterdir():
            shutil.copy(file, folder)
        yield shell
        shell.close()


def engine(attempt: Attempt, store: str) -> str:
    """The engine that is looked at, by its version."""
    found = attempt.observer.observe([EngineInfo()]).info
    version = found.value.version.partition("+")[0] if isinstance(found, Found) else ""
    return f"Podman {version}" if store == PODMAN else f"Docker {version}, {store}"
