"""Every mistake in ``tests/mistakes/``, really made in a sandbox: it is named, and mended by what is printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

import msgspec
import pytest

from labcheck.sandbox.outside import Sandbox
from labcheck.verdict import Fix
from tests.support.mistake import NAMES, Mistake, read
from tests.support.places import MISTAKES, ROOT
from tests.support.proof import MISTAKE, seen
from tests.support.proof import PLAYED as PLAYED_NOW

pytestmark = pytest.mark.live
RECORD = os.environ.get("LABCHECK_RECORD") == "1"
STRESS = os.environ.get("LABCHECK_STRESS") == "1"
EACH_KIND = sorted({read(name).kind: name for name in reversed(NAMES)}.values())
PLAYED = NAMES if RECORD or STRESS else EACH_KIND
"""All take long: ``make test`` plays one of each kind, ``make stress`` all. The quick tests judge what was recorded."""


@pytest.mark.parametrize("name", PLAYED)
def test_a_mistake_is_named_and_mended_by_exactly_what_is_printed(
    name: str, world: Sandbox, record_property: Callable[[str, object], None]
) -> None:
    mistake = read(name)
    played = world.run([sys.executable, "-m", "tests.live.playing", name], timeout=240, folder=ROOT)
    assert played.returncode == 0, played.stdout + played.stderr
    said = json.loads(played.stdout)
    if mistake.has("message"):
        assert said["told"], f"no page knows this message: {said['message']}"
        assert said["told"] == mistake.diagnosis, said["message"]
    if mistake.step:
        verdict = said["verdict"]
        assert verdict["outcome"] == mistake.outcome, verdict
        assert (verdict["diagnosis"] or "none") == mistake.diagnosis, verdict
    assert said["mended"], said.get("verdict", said["fix"])
    record_property(MISTAKE, seen(mistake, msgspec.convert(said["fix"], Fix), PLAYED_NOW))
    if RECORD:
        keep(mistake, said)


def keep(mistake: Mistake, said: dict[str, str]) -> None:
    """Keep what was seen for the quick tests, now that it is proved."""
    if mistake.has("message"):
        (MISTAKES / mistake.name / "message.txt").write_text(said["message"], encoding="utf-8")
    if mistake.step:
        (MISTAKES / mistake.name / "evidence.json").write_text(said["evidence"], encoding="utf-8")
