"""Which packages are installed is searched once for each set of places, whoever else searches in others meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from labcheck.mistake import packages as searching
from labcheck.mistake.packages import Packages, packages


@pytest.fixture
def searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The sets of places that were searched, where what is found may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    for name in ("checkout", "installed"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "checkout"), str(tmp_path / "installed")])
    those: list[set[str]] = []
    search = searching._found  # noqa: SLF001 - how often it is called is what is held

    def noted(places: tuple[tuple[str, int], ...]) -> Packages:
        those.append({Path(path).name for path, _ in places})
        return search(places)

    monkeypatch.setattr(searching, "_found", noted)
    return those


def test_whoever_is_in_the_checkout_and_whoever_is_not_keep_what_they_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, searched: list[set[str]]
) -> None:
    for _ in range(2):
        for folder in ("checkout", "installed"):
            monkeypatch.chdir(tmp_path / folder)
            packages(tmp_path)
    assert searched == [{"installed"}, {"checkout"}]


def test_where_something_was_installed_since_is_searched_again(tmp_path: Path, searched: list[set[str]]) -> None:
    packages(tmp_path)
    os.utime(tmp_path / "installed", ns=(1, 1))
    packages(tmp_path)
    packages(tmp_path)
    assert searched == [{"checkout", "installed"}] * 2
