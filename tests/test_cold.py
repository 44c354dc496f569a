"""What a check does not load: said by the names of modules, for a time would depend on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.small_engine import SmallEngine

TYPED = """
import atexit, gc, json, sys
atexit.register(lambda: print(json.dumps([sorted(sys.modules), gc.get_freeze_count()]), file=sys.stderr))
from labcheck.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def ended() -> tuple[set[str], int]:
    """The modules that a second check had loaded at its end, and how many objects Python does not look through."""
    with TemporaryDirectory() as folder, SmallEngine(Path(folder)) as engine:
        _check(folder, engine.host)
        modules, frozen = _check(folder, engine.host)
        return set(modules), frozen


def _check(home: str, engine: str) -> Any:  # noqa: ANN401 - as it stands in the JSON
    done = subprocess.run(
        [sys.executable, "-c", TYPED, "check", "push-and-pull"],
        env=os.environ | {"LABCHECK_HOME": home, "DOCKER_HOST": engine},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in {1, 3}, done.stderr
    return json.loads(done.stderr)


def test_what_is_left_at_the_end_is_not_looked_through(ended: tuple[set[str], int]) -> None:
    assert ended[1] > 10_000
