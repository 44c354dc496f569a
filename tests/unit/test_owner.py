"""Behind sudo the course is theirs who typed it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from labcheck.home import claimed, home
from labcheck.owner import Owner, behind_sudo
from labcheck.start.folder import default_folder

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be behind sudo")
UID = 64321


def owner(folder: Path) -> Owner:
    """Somebody whose home this folder is."""
    return Owner(UID, UID, "somebody", folder, "/bin/bash")


@pytest.mark.parametrize("typed", ["", "0", "-1", "one", "4294967295", "99999999999999999999"])
def test_nobody_is_behind_sudo(typed: str) -> None:
    assert behind_sudo({"SUDO_UID": typed}) is None


@ROOT
def test_the_home_is_theirs_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_UID", "1")
    monkeypatch.delenv("LABCHECK_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/root/data")
    it = behind_sudo()
    assert it is not None
    assert it.uid == 1
    assert home() == it.home / ".local/share/labcheck"
    assert default_folder() == it.home / "labcheck-course"
    monkeypatch.setenv("LABCHECK_HOME", "/elsewhere")
    assert home() == Path("/elsewhere")


@ROOT
def test_what_is_made_for_them_is_theirs_and_what_is_not_stays(tmp_path: Path) -> None:
    it, mine = owner(tmp_path / "home"), tmp_path / "mine"
    mine.mkdir()
    (tmp_path / "home/made-by-root").mkdir(parents=True)
    for folder in (tmp_path / "home/.local/share/labcheck", tmp_path / "home/made-by-root", mine / "new", mine):
        it.claim(folder)
    theirs = {path for path in (tmp_path, *tmp_path.rglob("*")) if path.stat().st_uid == UID}
    local = tmp_path / "home/.local"
    assert theirs == {
        local,
        local / "share",
        local / "share/labcheck",
        tmp_path / "home/made-by-root",
        mine / "new",
    }


def test_their_environment_has_nothing_of_roots(tmp_path: Path) -> None:
    own = {"HOME": "/root", "SUDO_UID": "64321", "XDG_DATA_HOME": "/root/data", "LANG": "C", "USER": "root"}
    assert owner(tmp_path).environment(own) == {
        "HOME": str(tmp_path),
        "LANG": "C",
        "LOGNAME": "somebody",
        "SHELL": "/bin/bash",
        "USER": "somebody",
    }


def test_the_home_is_made_where_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "a/b"))
    assert claimed() == tmp_path / "a/b"
    assert claimed().is_dir()
