"""A test of a sandbox's parts has a home of its own, and no proxy of the machine's."""

from __future__ import annotations

from pathlib import Path

import pytest

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have neither proxies nor a home that somebody else uses."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
