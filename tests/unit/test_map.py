"""Where a change goes: ``labcheck/README.md`` names one file for each, and it is the only one to open."""

from __future__ import annotations

import re

import pytest

from tests.support.places import PACKAGE

ROW = re.compile(r"^\| (?P<change>[^|]+) \| `(?P<file>[^`]+)` \| `(?P<there>[^|]+)` \|$", re.MULTILINE)
CHANGES = [match.groups() for match in ROW.finditer((PACKAGE / "README.md").read_text(encoding="utf-8"))]
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*"))
    if path.suffix in {".py", ".md", ".css", ".js", ".yaml", ".bash"} and path != PACKAGE / "README.md"
}


def test_twelve_likely_changes_are_named() -> None:
    assert len(CHANGES) >= 12
    assert len({change for change, _, _ in CHANGES}) == len(CHANGES)


@pytest.mark.parametrize(("change", "file", "there"), CHANGES, ids=[change for change, _, _ in CHANGES])
def test_a_change_is_made_in_this_file_and_in_no_other(change: str, file: str, there: str) -> None:
    assert [name for name, text in SOURCES.items() if there in text] == [file], change
