"""A data folder has one engine, and one sandbox at a time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.identity import Identity
from labcheck.sandbox.outside import data


def test_a_data_folder_keeps_its_identity_and_is_used_by_one(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "data"
    with data.locked(folder) as (first, _):
        assert abs(time.time_ns() - first.born) < 60 * 10**9
        with pytest.raises(SandboxError, match="Another sandbox is using") as error, data.locked(folder):
            pass
        assert "labcheck sandbox" in error.value.remedy
    with data.locked(folder) as (again, _):
        assert again == first
    assert Identity.new().id != first.id


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SandboxError, match="cannot be written"), data.locked(tmp_path / "file"):
        pass
