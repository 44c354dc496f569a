"""The index of pages is read once, and never believed more than the files it was made of."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from labcheck.mistake import kept as keeping
from labcheck.mistake.index import Index
from labcheck.mistake.kept import kept

PAGE = "---\nsummary: {}\nbefore: [{}]\n---\n# a\n"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source of two pages in one family, where what is compiled may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    folder = tmp_path / "family"
    folder.mkdir()
    (folder / "README.md").write_text("---\ntitle: F\norder: 1\n---\n# F\n", encoding="utf-8")
    (folder / "a.md").write_text(PAGE.format("First.", ""), encoding="utf-8")
    (folder / "b.md").write_text(PAGE.format("Second.", "a"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read."""
    folders: list[Path] = []

    def noted(folder: Path, package: str) -> Index:
        folders.append(folder)
        return source(folder, package)

    from labcheck.mistake import folder  # noqa: PLC0415 - where it is looked up

    source = folder.source
    monkeypatch.setattr(folder, "source", noted)
    return folders


def test_it_is_read_once_and_in_the_order_that_pages_say(pages: Path, read: list[Path]) -> None:
    assert list(kept(pages, "none").pages) == list(kept(pages, "none").pages) == ["b", "a"]
    assert kept(pages, "none").families == kept(pages, "none").families
    assert len(read) == 1


def test_a_page_that_was_changed_added_or_removed_is_read_again(pages: Path, read: list[Path]) -> None:
    kept(pages, "none")
    page = pages / "family" / "a.md"
    page.write_text(PAGE.format("Other.", ""), encoding="utf-8")
    os.utime(page, ns=(1, 1))
    changed = kept(pages, "none").page("a")
    assert changed is not None
    assert changed.summary == "Other."
    page.rename(page.with_name("c.md"))
    assert sorted(kept(pages, "none").pages) == ["b", "c"]
    assert len(read) == 3


def test_another_labcheck_reads_it_again(pages: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    kept(pages, "none")
    monkeypatch.setattr(keeping, "build", lambda: b"another")
    kept(pages, "none")
    assert len(read) == 2


@pytest.mark.parametrize("damage", [b"", b"\0", b"\x82", None])
def test_what_is_damaged_is_read_again(damage: bytes | None, pages: Path, read: list[Path]) -> None:
    names = list(kept(pages, "none").pages)
    (file,) = pages.rglob("*.mistakes")
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] if damage is None else damage)
    assert list(kept(pages, "none").pages) == names
    assert len(read) == 2
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_read_each_time(pages: Path, read: list[Path]) -> None:
    (pages / "__pycache__").touch()
    kept(pages, "none")
    kept(pages, "none")
    assert len(read) == 2


def test_where_before_leads_in_a_circle_it_is_said_and_the_alphabet_counts(pages: Path) -> None:
    (pages / "family" / "a.md").write_text(PAGE.format("First.", "b"), encoding="utf-8")
    index = kept(pages, "none")
    assert list(index.pages) == ["a", "b"]
    assert "before leads in a circle: " in index.troubles[0].sentence
