"""The contexts of the ``docker`` command."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.observe.engine.contexts import contexts


def test_contexts_are_found_without_settings_and_a_broken_one_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    assert contexts() == ()
    for folder, text in {
        "a": '{"Name": "colima", "Metadata": {}, "Endpoints": {"docker": {"Host": "unix:///x.sock"}}}',
        "b": "{",
    }.items():
        (tmp_path / "contexts/meta" / folder).mkdir(parents=True)
        (tmp_path / "contexts/meta" / folder / "meta.json").write_text(text)
    assert contexts() == (("colima", "unix:///x.sock"),)
