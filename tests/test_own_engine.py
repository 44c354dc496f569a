"""On a learner's own engine nothing is advised that could take away what the lab did not make."""

from __future__ import annotations

import re

import msgspec
import pytest

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Log, Look
from labcheck.query import EngineInfo
from labcheck.snapshot import Snapshot
from tests.mistake import EVIDENCE

LAB = load("push-and-pull")
LABS_OWN = re.compile(r"\b(?:my-registry|old)$")
"""The lab's container, also where it was renamed."""
RECORDED = sorted(path.stem for path in EVIDENCE.glob("*.json"))


def own(log: Log) -> Log:
    """The same log, as seen on an engine without the course's label."""
    replace = msgspec.structs.replace
    return replace(
        log, entries=tuple(replace(it, snapshot=of(it.snapshot)) if isinstance(it, Look) else it for it in log.entries)
    )


def of(snapshot: Snapshot) -> Snapshot:
    answers = tuple(
        msgspec.structs.replace(it, found={**it.found, "Labels": []})
        if isinstance(it.query, EngineInfo) and it.found is not None
        else it
        for it in snapshot.answers
    )
    return Snapshot(answers)


@pytest.mark.parametrize("name", RECORDED)
def test_nothing_is_pruned_and_no_other_container_is_removed_by_a_command(name: str) -> None:
    log = evidence.decode((EVIDENCE / f"{name}.json").read_bytes())
    removing = [
        command
        for step in judge(LAB, own(log)).steps
        for check in step.checks
        for command in check.fix.commands
        if "prune" in command or ("docker rm" in command and not LABS_OWN.search(command))
    ]
    assert not removing


def test_in_the_course_the_lesson_is_prune() -> None:
    log = evidence.decode((EVIDENCE / "prune-without-all.json").read_bytes())
    fixes = {at: judge(LAB, seen).step("prune").checks[1].fix for at, seen in (("course", log), ("own", own(log)))}
    assert fixes["course"].commands == ("docker image prune -a -f",)
    assert fixes["own"].commands == ("docker image rm nginx:latest",)
