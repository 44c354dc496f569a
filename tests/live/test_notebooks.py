"""The course's notebooks under nbval, twice in a row in one sandbox, as CI runs them."""

from __future__ import annotations

import sys

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.support.places import ROOT

pytestmark = pytest.mark.live
NBVAL = [sys.executable, "-m", "pytest", "--nbval", "notebooks/", "-q", "-p", "no:cacheprovider"]


def test_they_pass_twice_in_a_row(world: Sandbox) -> None:
    for _ in range(2):
        done = world.run(NBVAL, timeout=600, folder=ROOT)
        assert done.returncode == 0, done.stdout
        assert " passed" in done.stdout
        assert "skipped" not in done.stdout
