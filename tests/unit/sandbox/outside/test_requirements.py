"""What a machine must have, and how it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside.requirements import check
from labcheck.sandbox.programs import PROGRAMS, require, search_path


def test_what_is_lacking_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="needs the program dockerd") as error:
        require("dockerd", str(tmp_path))
    assert "docker.io" in error.value.remedy
    for name in PROGRAMS:
        (tmp_path / name).touch(mode=0o755)
    assert require("dockerd", str(tmp_path)) == str(tmp_path / "dockerd")
    check(Driver.ROOT, uid=0, path=str(tmp_path))
    with pytest.raises(SandboxError, match="Only root") as error:
        check(Driver.ROOT, uid=1000, path=str(tmp_path))
    assert "sudo" in error.value.remedy
    with pytest.raises(SandboxError, match="by an ordinary user") as error:
        check(Driver.ROOTLESS, uid=0, path=str(tmp_path))


def test_system_programs_are_found_without_sbin_in_path() -> None:
    assert search_path("/mine:/usr/bin").split(":") == [
        "/mine", "/usr/bin", "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/bin",
    ]  # fmt: skip
