"""A kernel's own words: as it ends they are nobody's matter, and where it dies they are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from labcheck.notebook.page import written
from tests.support.pages import called, notebook

GRUMBLES = 'import atexit, os\n_ = atexit.register(lambda: os.write(2, b"Traceback of an end"))'


def recorded(folder: Path, source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = folder / "small.ipynb"
    path.write_text(written(notebook(called("import labcheck"), called(source))), encoding="utf-8")
    command = [sys.executable, "-m", "labcheck", "record", str(path)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=200, check=False
    )


def begun(folder: Path) -> str:
    """What is said when it begins."""
    return f"Recording {folder / 'small.ipynb'} ..."


def test_what_a_kernel_says_as_it_ends_is_not_told(tmp_path: Path) -> None:
    done = recorded(tmp_path, GRUMBLES)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{begun(tmp_path)}\n")


def test_what_a_kernel_says_that_does_not_begin_is_told(tmp_path: Path) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('I will not begin')", encoding="utf-8")
    done = recorded(tmp_path, "x = 1", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    told = f"{begun(tmp_path)}\nlabcheck: The notebook {tmp_path / 'small.ipynb'} was not recorded.\n"
    assert done.stderr.startswith(told)
    assert "I will not begin" in done.stderr
    assert "Traceback" not in done.stderr
