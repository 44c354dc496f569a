"""Trouble of the recorder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_trouble_with_the_journal_is_told_once(tmp_path: Path) -> None:
    code = "from labcheck.start.learner import recorder as it; it.RETRY = 0.05; import pathlib, time; "
    code += f"it.record(print, pathlib.Path({str(tmp_path / 'ticks')!r})); time.sleep(0.5)"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"LABCHECK_JOURNAL": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    assert said.stdout == f"The journal cannot be at {tmp_path}: that is a folder.\n"
