"""A volume that went with its container was not left behind: the engine's event of its end says so."""

from __future__ import annotations

from msgspec.structs import replace

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Happened, Log
from labcheck.verdict import Verdict
from tests.support.places import VECTORS

SOLVED = evidence.decode((VECTORS / "solved-private-registries.json").read_bytes())
"""At its end the registry was removed with ``docker rm -f -v``."""


def note(log: Log) -> Verdict | None:
    return judge(load("private-registries"), log).step("clean-up").note


def test_of_what_was_removed_nothing_is_noted() -> None:
    assert note(SOLVED) is None


def test_without_that_event_the_volume_is_still_there() -> None:
    kept = [it for it in SOLVED.entries if not (isinstance(it, Happened) and it.document["Type"] == "volume")]
    assert len(kept) < len(SOLVED.entries)
    found = note(replace(SOLVED, entries=tuple(kept)))
    assert found is not None
    assert found.diagnosis == "volume-left-behind"
    prune = {"Type": "volume", "Action": "prune", "timeNano": kept[-1].at + 1, "Actor": {"ID": "", "Attributes": {}}}
    assert note(replace(SOLVED, entries=(*kept, Happened(prune)))) is None
