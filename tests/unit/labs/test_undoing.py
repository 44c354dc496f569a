"""For each demand of a lab it is listed how it is undone; whether exactly that one fails then, a live test sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.lab import load, slugs
from labcheck.replay import each, start
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.recorded import ATTEMPTS
from tests.support.undoing import FILES, kind, undoings

LATER: set[str] = set()
"""Labs whose lists are still to be written; whoever writes one takes it out here."""
LISTED = {name.partition("-")[2]: path for name, path in FILES.items()}


def test_each_lab_of_the_course_has_its_list() -> None:
    assert {*slugs()} - LISTED.keys() <= LATER
    assert LISTED.keys() <= {*slugs()}


@pytest.mark.parametrize("slug", LISTED)
def test_each_demand_is_listed_once(slug: str) -> None:
    lab = load(slug)
    listed = undoings(lab, LISTED[slug])
    assert [one.check for one in listed] == [check for step in lab.steps for check in step.checks]
    assert len({(one.step, one.command or one.implied_by) for one in listed}) == len(listed)


def test_what_others_of_a_step_imply_passes_wherever_they_pass() -> None:
    implied = [
        (load(slug), one) for slug, file in LISTED.items() for one in undoings(load(slug), file) if one.implied_by
    ]
    assert implied
    seen = 0
    for lab, one in implied:
        others = [check for check in lab.step(one.step).checks if kind(check) in one.implied_by]
        assert {kind(check) for check in others} == set(one.implied_by)
        for name in ATTEMPTS:
            log = recorded.log(name)
            if log.lab != lab.slug:
                continue
            for past in (standing.past for standing in each(lab, start(lab, log.began), log.entries)):
                if all(check.judge(past).outcome is Outcome.PASS for check in others):
                    seen += 1
                    assert one.check.judge(past).outcome is Outcome.PASS, name
    assert seen > 100


def test_a_demand_that_is_not_listed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "00-start-here.yaml"
    whole = LISTED["start-here"].read_text(encoding="utf-8")
    file.write_text(whole.partition("\nrun:")[0], encoding="utf-8")
    with pytest.raises(AssertionError, match=r"must list each demand of the lab.*'run': \['container-runs'\]"):
        undoings(load("start-here"), file)
