"""What an ordinary user types: without root, on a machine that knows them and has ids for their containers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from labcheck.home import home
from tests.live.person import UID, as_person, on_a_machine_with

LABCHECK = (sys.executable, "-m", "labcheck")
HOME = ".local/share/labcheck"
"""Where the course's home is, in theirs."""


def made_home(folder: Path, owner: int = UID) -> Path:
    """A home folder with the course's images already built, of an ordinary user or of root."""
    shutil.copytree(home() / "images", folder / HOME / "images", symlinks=True)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, owner, follow_symlinks=False)
    return folder


def settings(persons_home: Path) -> tuple[str, ...]:
    """What is typed before a command, so that it is as if this were their home."""
    return "env", "--unset=LABCHECK_HOME", f"HOME={persons_home}", "LABCHECK_IMAGES=course", "PYTHONDONTWRITEBYTECODE=1"


def typed(persons_home: Path, *command: str) -> list[str]:
    """What to start so that the person runs this on a machine that knows them."""
    return on_a_machine_with(persons_home, *as_person(*settings(persons_home), *command))


def ran(persons_home: Path, *command: str) -> str:
    """What it printed; it must have succeeded."""
    done = subprocess.run(
        typed(persons_home, *command), capture_output=True, text=True, timeout=240, check=False, cwd=persons_home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
