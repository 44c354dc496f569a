"""The course's labs are read once, and what is kept of them is never believed more than their text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.lab import compiled, files, load, parse, slugs

LAB = """
title: {title}
steps:
- {{id: a, title: A, hints: [B], checks: [{{check: image-present, image: nginx}}]}}
"""


@pytest.fixture
def lab_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The one lab of a course in a folder of its own, called ``a``."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "01-a.yaml"
    file.write_text(LAB.format(title="First"), encoding="utf-8")
    monkeypatch.setattr(files, "_files", lambda: {"a": file})
    yield file
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} <= {".yaml", ".lab"}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed."""
    texts: list[str] = []

    def noted(text: str, slug: str) -> object:
        texts.append(text)
        return parse(text, slug)

    monkeypatch.setattr(files, "parse", noted)
    return texts


def kept(lab_file: Path) -> Path:
    """What was kept of this lab."""
    (found,) = lab_file.parent.rglob("*.lab")
    return found


def test_each_lab_of_the_course_is_the_same_when_it_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    labs = {slug: load(slug) for slug in slugs()}
    assert len(list(tmp_path.rglob("*.lab"))) == len(labs)
    monkeypatch.setattr(files, "parse", None)
    assert {slug: load(slug) for slug in slugs()} == labs


def test_it_is_parsed_once(lab_file: Path, parsed: list[str]) -> None:
    assert load("a") == load("a") == parse(lab_file.read_text(encoding="utf-8"), "a")
    assert len(parsed) == 1


def test_a_lab_that_was_changed_is_parsed_again(lab_file: Path, parsed: list[str]) -> None:
    assert load("a").title == "First"
    lab_file.write_text(LAB.format(title="Other"), encoding="utf-8")
    assert [load("a").title, load("a").title] == ["Other", "Other"]
    assert len(parsed) == 2


@pytest.mark.usefixtures("lab_file")
def test_another_labcheck_parses_it_again(parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    load("a")
    monkeypatch.setattr(compiled, "build", lambda: b"another")
    load("a")
    assert len(parsed) == 2


@pytest.mark.parametrize("damage", [b"", b"\0", b"\x82", None])
def test_what_is_damaged_is_parsed_again(damage: bytes | None, lab_file: Path, parsed: list[str]) -> None:
    lab = load("a")
    whole = kept(lab_file).read_bytes()
    kept(lab_file).write_bytes(whole[:-9] if damage is None else damage)
    assert load("a") == lab
    assert len(parsed) == 2
    assert kept(lab_file).read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_parsed_each_time(lab_file: Path, parsed: list[str]) -> None:
    lab_file.with_name("__pycache__").touch()
    assert load("a") == load("a")
    assert len(parsed) == 2
    lab_file.with_name("__pycache__").unlink()


def test_where_python_keeps_nothing_neither_is_a_lab(lab_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load("a")
    assert not lab_file.with_name("__pycache__").exists()
