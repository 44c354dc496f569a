"""The command ``labcheck``, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NOWHERE = "unix:///nonexistent/docker.sock"
"""Where no engine is."""


def labcheck(*arguments: str, home: Path, engine: str = NOWHERE) -> subprocess.CompletedProcess[str]:
    """Run labcheck as a person does, with no engine and a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "labcheck", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"LABCHECK_HOME": str(home), "DOCKER_HOST": engine},
    )
