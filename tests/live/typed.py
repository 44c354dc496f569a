"""``labcheck.sandbox.run`` as a program of its own, as a person would type it: ``typed.py DATA|- CMD...``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox.outside import run

MEMORY = "-"


def running(*command: str, data: str = MEMORY) -> list[str]:
    """What to type so that the command runs in a sandbox."""
    return [sys.executable, "-P", __file__, data, *command]


def typed(*command: str, data: str = MEMORY, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command in a sandbox; ``before`` is put before all of it."""
    return subprocess.run(
        [*before, *running(*command, data=data)], capture_output=True, text=True, timeout=240, check=False
    )


def main(data: str, *command: str) -> int:
    """Run the command, or say in one line why not."""
    try:
        return run(command, data=None if data == MEMORY else Path(data), source="course", outbound=False)
    except SandboxError as error:
        sys.stderr.write(f"{error} / {error.remedy}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
