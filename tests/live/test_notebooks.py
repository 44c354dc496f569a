"""The course's notebooks, as CI runs them: solved, twice in a row in one sandbox; and as the learner finds them."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from labcheck.notebook.page import codes, opens, parsed
from labcheck.sandbox.outside import Sandbox
from tests.live.learner import Learner
from tests.support.places import ROOT

pytestmark = pytest.mark.live
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
"""The lessons; what is for instructors opens no lab. nbval runs that, too."""
NBVAL = [sys.executable, "-m", "pytest", "--nbval", "notebooks/", "-q", "-p", "no:cacheprovider"]
UNSOLVED = [sys.executable, "-m", "tests.live.unsolved"]


@pytest.mark.timeout(900)
def test_solved_they_pass_twice_in_a_row_and_every_step_of_every_lab_is_done(world: Sandbox) -> None:
    for _ in range(2):
        done = world.run(NBVAL, timeout=600, folder=ROOT)
        assert done.returncode == 0, done.stdout
        assert " passed" in done.stdout
        assert "skipped" not in done.stdout
    for path in NOTEBOOKS:
        slug, _ = opens(parsed(path.read_text(encoding="utf-8"))) or ("", "")
        steps = json.loads(Learner(world).labcheck("check", slug, "--format", "json")[1])["steps"]
        assert [step["id"] for step in steps if not step["done"]] == [], slug


@pytest.fixture(scope="module")
def unsolved(shared_world: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bool]]:
    """Which steps each notebook had done in the end: all are run by one process, for it takes long to begin."""
    folder = tmp_path_factory.mktemp("unsolved")  # what a lesson writes beside the notebook stays there
    copies = [str(shutil.copy(path, folder)) for path in NOTEBOOKS]
    run = shared_world.run([*UNSOLVED, *copies], extra={"PYTHONPATH": str(ROOT)}, timeout=600)
    assert run.returncode == 0, run.stderr
    return {path.stem: json.loads(line) for path, line in zip(NOTEBOOKS, run.stdout.splitlines(), strict=True)}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_as_the_learner_finds_it_it_fails_at_every_exercise(unsolved: dict[str, dict[str, bool]], path: Path) -> None:
    left = [code.exercise for code in codes(parsed(path.read_text(encoding="utf-8"))) if code.exercise]
    assert left
    assert [step for step in left if unsolved[path.stem][step]] == []
