"""The mistakes that a lab brings, as ``labcheck explain --lab`` tells of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.lab_with_a_page import LAB, PAGE


def command(lab: Path, *arguments: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "labcheck", "explain", *arguments, "--lab", str(lab)],
        input=said,
        stdin=None if said is not None else subprocess.DEVNULL,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_it_is_listed_explained_and_shown_and_nothing_in_it_is_raw(tmp_path: Path) -> None:
    lab = tmp_path / "my lab.yaml"
    lab.write_text(LAB, encoding="utf-8")
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "mistakes" / "key-missing.md").write_text(PAGE.replace("\\e[31m", ""), encoding="utf-8")
    assert "This lab:\n  key-missing" in command(lab).stdout
    told = command(lab, said="error: cannot unlock the;door without a key")
    assert "Nobody gave you the key of the;door. (key-missing)" in told.stdout
    assert "\n    unlock 'the;door'\n" in told.stdout
    assert f"More: labcheck explain key-missing --lab '{lab}'" in told.stdout
    assert command(lab, "key-missing").stdout == "# key-missing\n\nIts page, with \\x1b[31mcolours.\n"
