"""Every mistake in ``tests/mistakes/``, really made in a sandbox: it is named, and mended by what is printed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from labcheck.sandbox.world import World
from tests.mistake import EVIDENCE, MESSAGES, NAMES, read

pytestmark = pytest.mark.live
ROOT = Path(__file__).parent.parent.parent
RECORD = os.environ.get("LABCHECK_RECORD") == "1"
STRESS = os.environ.get("LABCHECK_STRESS") == "1"
PLAYED = NAMES if RECORD or STRESS else NAMES[::10]
"""All of them take long: ``make test`` plays a tenth, ``make stress`` all. The quick tests judge all records."""


@pytest.mark.parametrize("name", PLAYED)
def test_a_mistake_is_named_and_mended_by_exactly_what_is_printed(name: str, world: World) -> None:
    mistake = read(name)
    played = world.run([sys.executable, "-m", "tests.live.playing", name], timeout=120, folder=ROOT)
    assert played.returncode == 0, played.stdout + played.stderr
    said = json.loads(played.stdout)
    if mistake.has("message"):
        assert said["told"] == mistake.diagnosis, said["message"]
        keep(MESSAGES / f"{name}.txt", said["message"])
    if mistake.step:
        verdict = said["verdict"]
        assert verdict["outcome"] == mistake.outcome, verdict
        assert (verdict["diagnosis"] or "none") == mistake.diagnosis, verdict
        keep(EVIDENCE / f"{name}.json", said["evidence"])
    assert said["mended"], said.get("verdict", said["fix"])


def keep(path: Path, recorded: str) -> None:
    """Keep this for the quick tests, if that is asked for."""
    if RECORD:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(recorded, encoding="utf-8")
