"""One mirror for a class: whatever the class pulls, Docker Hub is asked for it once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.live.room import LEARNERS
from tests.support.places import ROOT


def test_a_class_pulls_and_its_upstream_counts_one_pull(tmp_path: Path) -> None:
    argv = ["unshare", "--net", sys.executable, "-m", "tests.live.room", str(tmp_path)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["pulled"] == ["docker.io/library/nginx:latest"] * LEARNERS
    counted = "GET manifests"
    assert seen["all"][counted] == seen["once"][counted] > 0
    assert seen["all"]["GET blobs"] == seen["once"]["GET blobs"] > 0
