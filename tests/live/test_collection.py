"""What is foretold of a garbage collection is what the real collector takes, whatever happened before."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.support.places import ROOT

pytestmark = pytest.mark.live
STRESS = os.environ.get("LABCHECK_STRESS") == "1"
HISTORIES, AT_ONCE = (300, 30) if STRESS else (6, 6)
"""Each takes some seconds: ``make test`` plays a few, ``make stress`` all."""
NOBODY = "Nobody can see whether the bytes of "
"""The only thing that these histories, in which everything is looked at, may leave unknown."""


def played(world: Sandbox, first: int, count: int) -> list[dict[str, Any]]:
    """What was foretold and what came, in so many histories."""
    command = [sys.executable, "-m", "tests.live.collecting", str(first), str(count)]
    done = world.run(command, timeout=240 + 16 * count, folder=ROOT)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("first", range(1, HISTORIES + 1, AT_ONCE))
def test_what_is_foretold_is_what_the_collector_takes(world: Sandbox, first: int) -> None:
    unknown = taken = 0
    histories = played(world, first, AT_ONCE)
    assert len(histories) == AT_ONCE
    collections = [(history, it) for history in histories for it in history["collections"]]
    for history, it in collections:
        told, gone = it["told"], it["gone"]
        if isinstance(told, str):
            assert told.startswith(NOBODY), history
            unknown += 1
            continue
        assert told == gone, history
        assert f" {len(gone)} blobs and {it['manifests']} manifests eligible for deletion" in it["said"], history
        taken += bool(gone)
    # Else it would prove nothing: most is known, and in many a history something goes.
    assert unknown * 3 <= len(collections)
    assert taken * 3 >= len(collections)
    if STRESS:
        assert {it["untagged"] for _, it in collections} == {True, False}
    print(f"{len(collections)} collections, {len(collections) - unknown} foretold and right, {unknown} unknown")  # noqa: T201 - for who reads the log
