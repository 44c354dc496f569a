"""Notebooks on a disk without room: the one that was there stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from labcheck.notebook.layout import RECORD

WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from labcheck.errors import NotebookError
from labcheck.notebook.layout import lay
lay(Path(sys.argv[1]), {"small.ipynb": b"one"})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    lay(Path(sys.argv[1]), {"small.ipynb": b"x" * 2000})
except NotebookError as error:
    print(error)
"""


def test_a_file_that_does_not_fit_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_ROOM, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == f"The notebooks cannot be copied to {tmp_path} (File too large).\n"
    assert (tmp_path / "small.ipynb").read_bytes() == b"one"
    assert {path.name for path in tmp_path.iterdir()} == {RECORD, "small.ipynb"}
