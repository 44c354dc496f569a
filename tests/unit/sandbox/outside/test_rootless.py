"""Which ids a user has for their containers, and what makes a namespace with them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labcheck.sandbox.outside.rootless import blocks, unshare


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


def test_an_unshare_that_cannot_map_ids_is_not_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    its = tmp_path / "unshare"
    monkeypatch.setenv("PATH", str(tmp_path))
    for text, first, option in (("ELF --map-auto", str(its), True), ("ELF --map-root-user", sys.executable, False)):
        its.write_text(text)
        its.chmod(0o755)
        chain = unshare("--mount")
        assert (chain[0], "--map-auto" in chain, chain[-1]) == (first, option, "--mount")
