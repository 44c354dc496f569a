"""Each demand of each lab is needed: undone by one command in the solved world, it fails, and no other does.

``make test`` undoes the demands of a step one after the other; ``make stress`` restores the solved world before each.
"""

from __future__ import annotations

import json
import os
import sys

import pytest

from labcheck.lab import load
from labcheck.sandbox.outside import Sandbox
from tests.support.places import ROOT
from tests.support.undoing import FILES

APART = ["apart"] if os.environ.get("LABCHECK_STRESS") == "1" else []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", FILES)
def test_each_demand_fails_alone_where_it_is_undone(world: Sandbox, name: str) -> None:
    slug, file = name.partition("-")[2], FILES[name]
    play = [sys.executable, "-m", "tests.live.undoing", slug, str(file), *APART]
    done = world.run(play, extra={"PYTHONPATH": str(ROOT)}, timeout=600)
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result for result in results if not result["right"]] == []
    assert len(results) == sum(len(step.checks) for step in load(slug).steps)
