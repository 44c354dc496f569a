"""What an ordinary user lacks to make a sandbox is named, with its remedy."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.outside import rootless

LIMIT, DEBIANS, UBUNTUS = (name.replace(".", "/") for name in rootless.SWITCHES)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has everything: its files and programs are in this folder."""
    monkeypatch.setattr(rootless, "SETTINGS", tmp_path)
    for name in ("user", "kernel"):
        (tmp_path / name).mkdir()
    (tmp_path / LIMIT).write_text("96365\n")
    (tmp_path / UBUNTUS).write_text("0\n")
    reserved = tuple(tmp_path / name for name in ("subuid", "subgid"))
    for file in reserved:
        file.write_text(f"other:100000:65536\n{getpass.getuser()}:165536:65536\n")
    monkeypatch.setattr(rootless, "RESERVED", reserved)
    for name in rootless.MAPPERS:
        (tmp_path / name).touch(mode=0o755)
    return tmp_path


def test_nothing_is_lacking(machine: Path) -> None:
    rootless.check(str(machine))


@pytest.mark.parametrize(
    ("file", "text", "says", "remedy"),
    [
        (LIMIT, "0\n", "forbids", "user.max_user_namespaces=10000"),
        (DEBIANS, "0\n", "forbids", "unprivileged_userns_clone=1"),
        (UBUNTUS, "1\n", "forbids", "apparmor_restrict_unprivileged_userns=0"),
        ("subuid", "other:100000:65536\n", "65536 ids", "usermod --add-subuids"),
        ("subgid", "", "65536 ids", "usermod --add-subuids"),
        ("subuid", f"{getpass.getuser()}:100000:1000\n", "65536 ids", "usermod --add-subuids"),
    ],
)
def test_what_is_lacking_has_a_remedy(machine: Path, file: str, text: str, says: str, remedy: str) -> None:
    (machine / file).write_text(text)
    with pytest.raises(SandboxError, match=says) as error:
        rootless.check(str(machine))
    assert remedy in error.value.remedy
    assert rootless.OR_ROOT in error.value.remedy


def test_without_newuidmap(machine: Path) -> None:
    (machine / "newgidmap").unlink()
    with pytest.raises(SandboxError, match="newuidmap") as error:
        rootless.check(str(machine))
    assert "uidmap" in error.value.remedy


def test_ids_can_be_reserved_by_name_or_by_number() -> None:
    assert rootless.reserved(f"{os.getuid()}:100000:65536", "ada", os.getuid()) == 65536
    assert rootless.reserved("ada:1:70000\nada:80000:10\nbroken\nada:x:y", "ada", 1000) == 70000
    assert rootless.reserved("", "ada", 1000) == 0
