"""Podman's engine in Docker's place: by either command, the practice is finished, and nothing is believed too soon."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.images.packages import fetch
from labcheck.sandbox.outside import Sandbox
from tests.support.places import ROOT

pytestmark = pytest.mark.live
PACKAGES = ("podman", "conmon", "libgpgme11", "libassuan0")


@pytest.fixture
def packages(request: pytest.FixtureRequest) -> Path:
    """The distribution's Podman, unpacked; downloaded once."""
    assert request.config.cache
    folder: Path = request.config.cache.mkdir("podman")
    unpacked = folder / "unpacked"
    if not all((unpacked / name).exists() for name in PACKAGES):
        try:
            fetch(PACKAGES, folder)
        except SandboxError as error:
            pytest.skip(f"There is no Podman here: {error}")
    return unpacked


def test_the_practice_is_finished_with_podmans_engine_by_either_command_alone(packages: Path, world: Sandbox) -> None:
    played = world.run([sys.executable, "-m", "tests.live.on_podman", str(packages)], timeout=240, folder=ROOT)
    assert (played.returncode, played.stdout + played.stderr) == (0, "")
