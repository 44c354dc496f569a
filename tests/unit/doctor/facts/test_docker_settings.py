"""What the doctor sees of docker's settings: the programs that they name, and whether they can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.doctor.facts.docker_settings import Settings, settings_on
from labcheck.snapshot import Absent, Found


def test_helpers_that_are_named_and_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    assert settings_on(str(tmp_path)) == Absent()
    file = tmp_path / "config.json"
    file.write_text('{"credsStore": "pass", "credHelpers": {"b.example": "b", "a.example": "a"}, "auths": {}}')
    for there in ("docker-credential-pass", "docker-credential-a"):
        (tmp_path / there).touch(mode=0o755)
    helpers = (("a.example", "a"), ("b.example", "b"))
    expected = Settings(str(file), "pass", helpers, ("pass", "docker-credential-b"))
    assert settings_on(str(tmp_path)) == Found(expected)


@pytest.mark.parametrize("text", ["{", "nonsense", " ", "", "[]", "null", '{"credsStore": 7, "credHelpers": ["a"]}'])
def test_settings_of_any_shape_are_no_reason_to_fall_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "config.json").write_text(text)
    trouble = "" if text.strip() in {"", "null"} else "damaged"
    assert settings_on("") == Found(Settings(str(tmp_path / "config.json"), trouble=trouble))
