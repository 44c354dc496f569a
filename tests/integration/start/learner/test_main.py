"""What the course's own process says where it cannot begin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_folders_name_is_not_printed_raw(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "labcheck.start.learner", str(tmp_path / "file/a\x1b[31m"), str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert said.returncode == 2
    assert said.stderr.startswith(f"labcheck: The notebooks cannot be copied to {tmp_path}/file/a\\x1b[31m (Not a")
