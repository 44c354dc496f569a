"""Whatever was typed before, what labcheck prints leads on: learners who go astray at random come home."""

from __future__ import annotations

import os
import sys

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.support.places import ROOT

pytestmark = pytest.mark.live
SEEDS = range(20 if os.environ.get("LABCHECK_STRESS") == "1" else 1)
"""They take long: ``make test`` plays one, ``make stress`` all."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_learner_who_goes_astray_comes_home_by_what_is_printed(seed: int, world: Sandbox) -> None:
    played = world.run([sys.executable, "-m", "tests.live.astray", str(seed)], timeout=240, folder=ROOT)
    assert (played.returncode, played.stdout + played.stderr) == (0, "")
