"""A page that mentions what nothing gives is refused with its line: its case would be passed over, and nobody told."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from labcheck.mistake import folder
from labcheck.mistake.index import Index

PAGE = """---
summary: Docker said {0}.
messages:
- says: cannot open the door of {{house}}
  why: Its door is shut.
  advice: Go to {{{0}}}.
---
# shut
"""
FUNCTION = """
from labcheck.mistake import explains, facts

@explains("shut")
def shut(said):
    return {}
"""


def source(place: Path, monkeypatch: pytest.MonkeyPatch, page: str, function: str = "") -> Index:
    """The index of one family with one page, and a module with a function where there is one."""
    package = place / f"pages_of_{place.name}"
    family = package / "doors"
    family.mkdir(parents=True)
    (family / "README.md").write_text("---\ntitle: Doors\n---\n", encoding="utf-8")
    (family / "shut.md").write_text(page, encoding="utf-8")
    if function:
        (family / "door.py").write_text(FUNCTION.format(function), encoding="utf-8")
    monkeypatch.syspath_prepend(str(place))
    importlib.invalidate_caches()
    index = folder.source(package, package.name)
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        monkeypatch.delitem(sys.modules, name)
    return index


@pytest.mark.parametrize("function", ["", 'facts(street="High Street")'])
def test_a_mistyped_name_is_refused_with_file_and_line(
    function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = source(tmp_path, monkeypatch, PAGE.format("huose"), function)
    (trouble,) = (it for it in index.troubles if "shut.md" in it.sentence)
    assert trouble.sentence.endswith("shut.md, line 6: nothing gives {huose}.")
    assert "{house}" in trouble.remedy
    assert ("{street}" in trouble.remedy) is bool(function)


@pytest.mark.parametrize(
    ("mentioned", "function"),
    [
        ("house", ""),
        ("street", 'facts(street="High Street")'),
        ("street", 'facts(**{"street": "High Street"})'),  # what it gives cannot be told, so nothing is refused
    ],
)
def test_what_a_pattern_finds_or_a_function_gives_may_be_mentioned(
    mentioned: str, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = source(tmp_path, monkeypatch, PAGE.format(mentioned), function)
    assert not index.troubles
    assert "shut" in index.pages
