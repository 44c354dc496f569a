"""When no browser is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from labcheck.start import browser


def test_no_browser_is_opened_as_root_or_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "false")
    if os.geteuid() == 0:
        monkeypatch.delenv("SUDO_UID", raising=False)
        assert not browser.show("http://127.0.0.1:1/", tmp_path)
        monkeypatch.setenv("SUDO_UID", "65534")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not browser.show("http://127.0.0.1:1/", tmp_path)
