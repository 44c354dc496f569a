"""The course's notebooks under nbval, twice in a row in one sandbox, as CI runs them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labcheck.sandbox.world import World

pytestmark = pytest.mark.live
ROOT = Path(__file__).parent.parent.parent
NBVAL = [sys.executable, "-m", "pytest", "--nbval", "notebooks/", "-q", "-p", "no:cacheprovider"]


def test_they_pass_twice_in_a_row(world: World) -> None:
    for _ in range(2):
        done = world.run(NBVAL, timeout=180, folder=ROOT)
        assert done.returncode == 0, done.stdout
        assert " passed" in done.stdout
        assert "skipped" not in done.stdout
