"""A home of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.home import home


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    home().mkdir()
