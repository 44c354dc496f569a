"""What takes long on a first start is said from the first second: what, and how many of how many."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import installation
import packages
import pytest
from progress import Progress

CI = Path(installation.__file__).parent


def test_the_package_clients_reports_are_counted() -> None:
    status = installation.Status(of=3)
    assert status.read("dlstatus:1:20.1:Retrieving file 2 of 41 (3s remaining)\n") == ("downloading", 2, "41", "")
    assert status.read("pmstatus:docker.io:amd64:30.0:Unpacking docker.io (amd64)\n") == (
        "installing", 0, "3", "docker.io",
    )  # fmt: skip
    assert status.read("pmstatus:runc:60.5:Installed runc (amd64)\n") == ("installing", 1, "3", "runc")
    assert status.read("pmstatus:runc:60.5:Installed runc (amd64)\n") == ("installing", 1, "3", "runc")
    assert status.read("pmstatus:docker.io:70.5:Installed docker.io (amd64)\n") == ("installing", 2, "3", "docker.io")
    assert status.read("pmconffile:/etc/x:50.0:conffile prompt\n") is None
    assert status.read("\n") is None


def test_pips_words_are_counted() -> None:
    reading = packages.Reading(pins=128)
    first = reading.read("Collecting jupyterlab<5,>=4.4 (from labcheck==0.1)\n")
    assert first == ("downloading", 1, "at most 128", "jupyterlab")
    assert reading.read("  Downloading jupyterlab-4.4.whl.metadata (16 kB)\n") is None
    assert reading.read("Collecting msgspec>=0.19\n") == ("downloading", 2, "at most 128", "msgspec")
    assert reading.read("Installing collected packages: msgspec, jupyterlab\n") == ("installing", 0, "2", "")
    assert reading.chosen == 2


def test_it_is_said_at_once_and_not_in_a_flood(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress("packages")
    assert capsys.readouterr().out == "labcheck: packages ...\n"
    for done in range(1000):
        progress.count("installing", done, "1000")
    progress.end()
    assert len(capsys.readouterr().out.splitlines()) <= 3


def test_on_a_terminal_one_line_is_rewritten() -> None:
    ours, theirs = pty.openpty()
    code = "from progress import Progress\np = Progress('x')\np.count('installing', 1, '2', 'make')\np.end()"
    subprocess.run([sys.executable, "-c", code], stdout=theirs, check=True, timeout=240, cwd=CI)
    os.close(theirs)
    said = os.read(ours, 4096).decode()
    os.close(ours)
    assert said.count("\n") == 1
    assert said.endswith("\rlabcheck: x: installing, 1 of 2 (make)\x1b[K\r\n")
