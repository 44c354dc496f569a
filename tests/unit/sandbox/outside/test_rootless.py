"""Which ids a user has for their containers, and what makes a namespace with them."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest

from labcheck.sandbox.outside import rootless
from labcheck.sandbox.outside.rootless import blocks, enough, unshare


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("1000:100000:65536", [(100000, 65536)]),
        ("other:1:70000\nada:80000:10\nada:100000:65536\n", [(80000, 10), (100000, 65536)]),
        ("broken\nada:x:y\nada:1\n", []),
        ("", []),
    ],
)
def test_ids_are_reserved_by_name_or_by_number(table: str, found: list[tuple[int, int]]) -> None:
    assert blocks(table, "ada", 1000) == found


SMALL, LARGE = "{name}:100000:1000\n", "{name}:231072:65536\n"


@pytest.mark.parametrize(
    ("program", "table", "first"),
    [
        ("ELF --map-auto", LARGE, ("unshare", True)),
        ("ELF --map-root-user", LARGE, (Path(sys.executable).name, False)),
        ("ELF --map-auto", SMALL + LARGE, (Path(sys.executable).name, False)),
    ],
)
def test_an_unshare_that_would_not_map_ids_that_will_do_is_not_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, table: str, first: tuple[str, bool]
) -> None:
    its, reserved = tmp_path / "unshare", tmp_path / "subuid"
    its.write_text(program)
    its.chmod(0o755)
    reserved.write_text(table.format(name=getpass.getuser()))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rootless, "RESERVED", (reserved, reserved))
    chain = unshare("--mount")
    assert ((Path(chain[0]).name, "--map-auto" in chain), chain[-1]) == (first, "--mount")
    assert enough(reserved) == (231072, 65536)
    assert enough(tmp_path / "none") is None
