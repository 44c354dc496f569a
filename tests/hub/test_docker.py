"""DockerSpawner with our settings: an engine of a learner's own in a container that is not privileged."""

from __future__ import annotations

import sys
from pathlib import Path

from labcheck.sandbox.outside import sandbox
from tests.support.places import ROOT


def test_each_container_has_an_engine_that_needs_no_root(tmp_path: Path) -> None:
    with sandbox.opened(source="course", outbound=False) as machine:
        played = machine.run([sys.executable, "-m", "tests.hub.in_containers", str(tmp_path)], timeout=280, folder=ROOT)
    assert played.returncode == 0, played.stderr
