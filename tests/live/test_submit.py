"""What is handed in after really learning: small, without secrets and others' names, and while nothing runs."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from labcheck.lab import slugs
from labcheck.sandbox.outside import opened
from labcheck.submission_file import decode
from tests.live.handing_in import SECRET
from tests.support.places import ROOT


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("handed-in")


@pytest.fixture(scope="module")
def played(place: Path) -> Any:  # noqa: ANN401 - JSON
    """What was handed in from a sandbox whose data stays when it ends, as the course's does."""
    with opened(source="course", outbound=False, data=place / "data") as world:
        script = [sys.executable, "-m", "tests.live.handing_in", str(place)]
        done = world.run(script, timeout=280, folder=ROOT)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return json.loads(done.stdout.splitlines()[-1])


def _submit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """On the machine itself, after the sandbox has ended."""
    command = [sys.executable, "-m", "labcheck", "submit", *arguments]
    offline = {**os.environ, "DOCKER_HOST": "unix:///nowhere"}
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env=offline)


def test_a_long_attempt_at_all_labs_is_tens_of_kilobytes(played: Any) -> None:  # noqa: ANN401 - JSON
    assert played["attempts"] == len(slugs())
    assert played["entries"] > 400  # a busy machine looks less often
    assert played["few"] < 30_000
    assert played["many"] < 40_000


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("file", ["few.labcheck", "many.labcheck"])
def test_no_secret_and_no_unrelated_name_is_in_it(place: Path, file: str) -> None:
    content = lzma.decompress((place / file).read_bytes()).decode()
    assert "my-registry" in content
    assert SECRET not in content


@pytest.mark.usefixtures("played")
def test_it_works_on_the_machine_after_the_course_is_closed(place: Path) -> None:
    again = place / "again.labcheck"
    done = _submit("--learner", "ann", "-o", str(again))
    assert done.returncode == 0, done.stderr
    before, after = (decode((place / name).read_bytes()) for name in ("many.labcheck", "again.labcheck"))
    assert (after.logs, after.filings) == (before.logs, before.filings)
    assert all(filing.is_whole and filing.seal.link for filing in after.filings)
    assert f"Written to {again}." in done.stdout
