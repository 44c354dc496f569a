"""What the mirror is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox import mirror
from labcheck.sandbox.protocol import COURSE


def test_the_mirror_of_a_registry_that_is_not_there_is_refused_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="cannot reach the registry") as raised:
        mirror.command("http://127.0.0.1:9", tmp_path, patience=0.2)
    assert "LABCHECK_IMAGES=course" in raised.value.remedy


def test_the_course_is_served_read_only_and_a_cache_keeps_to_its_folder(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_AUTH", "silly")
    command = mirror.command(COURSE, tmp_path / "one")
    told = json.loads((tmp_path / "one/mirror.json").read_text())
    assert told["http"]["addr"] == "127.83.0.1:8083"
    assert told["storage"]["maintenance"]["readonly"]["enabled"]
    assert "--unset=REGISTRY_AUTH" in command
    mirror.command(registry, tmp_path / "two", address="127.0.0.1:1")
    told = json.loads((tmp_path / "two/mirror.json").read_text())
    assert told["proxy"] == {"remoteurl": registry}
    assert told["storage"]["filesystem"]["rootdirectory"] == str(tmp_path / "two/cache")
    assert not told["storage"]["maintenance"]["readonly"]["enabled"]
