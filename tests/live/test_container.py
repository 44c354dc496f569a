"""Where only a Docker engine is at hand, the course runs in a container of it: the same commands, verdicts and page.

The machine's engine is that of a sandbox, and the container's image is built in it from our Dockerfile.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.sandbox.container import context
from labcheck.sandbox.container.places import COURSE
from labcheck.sandbox.outside import Sandbox, opened
from tests.live import base_image
from tests.live.contained import BASE, SCENARIOS
from tests.live.person import UID


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A machine with an engine, and an image in it to build ours from."""
    if not base_image.fits():
        pytest.skip("This Python is not the one of the machine's packages, so neither are its packages.")
    file = tmp_path_factory.mktemp("base") / "base.tar"
    packages, python = ((context.HERE / name).read_text(encoding="utf-8").split() for name in context.LISTS[1:])
    base_image.write(file, packages, python, str(COURSE).lstrip("/"))
    with opened(source="course", outbound=False) as world:
        done = world.run(["docker", "import", str(file), BASE], timeout=120)
        assert done.returncode == 0, done.stderr
        file.unlink()
        yield world


@pytest.fixture(scope="module")
def home_of_person(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their home folder, which is empty."""
    own = tmp_path_factory.mktemp("home-of-person")
    os.chown(own, UID, UID)
    return own


@pytest.mark.timeout(600)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_course_in_a_container(machine: Sandbox, home_of_person: Path, scenario: str) -> None:
    played = [sys.executable, "-m", "tests.live.contained", scenario, str(home_of_person)]
    done = machine.run(played, timeout=550)
    assert done.returncode == 0, done.stdout + done.stderr
