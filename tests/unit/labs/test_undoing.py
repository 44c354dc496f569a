"""For each demand of a lab it is listed how it is undone; whether exactly that one fails then, a live test sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.lab import load, slugs
from tests.support.undoing import FILES, undoings

LISTED = {name.partition("-")[2]: path for name, path in FILES.items()}


def test_each_lab_of_the_course_has_its_list() -> None:
    assert LISTED.keys() == {*slugs()}


@pytest.mark.parametrize("slug", LISTED)
def test_each_demand_is_listed_once(slug: str) -> None:
    lab = load(slug)
    listed = undoings(lab, LISTED[slug])
    assert [one.check for one in listed] == [check for step in lab.steps for check in step.checks]
    assert len({(one.step, one.command) for one in listed}) == len(listed)


def test_a_demand_that_is_not_listed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "00-start-here.yaml"
    whole = LISTED["start-here"].read_text(encoding="utf-8")
    file.write_text(whole.partition("\nrun:")[0], encoding="utf-8")
    with pytest.raises(AssertionError, match=r"must list each demand of the lab.*'run': \['container-runs'\]"):
        undoings(load("start-here"), file)
