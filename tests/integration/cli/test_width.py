"""A narrow terminal, a real one: what ``labcheck`` prints there is wrapped between words; elsewhere nothing changes."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest

from labcheck.lab import slugs

COLUMNS = 57


def typed(arguments: list[str], home: Path) -> str:
    """What a terminal of 57 columns shows, both outputs together."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    shown = bytearray()

    def read() -> None:
        try:
            while piece := os.read(ours, 65536):
                shown.extend(piece)
        except OSError:  # the other side is closed
            return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        subprocess.run(
            [sys.executable, "-m", "labcheck", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env | {"LABCHECK_HOME": str(home), "DOCKER_HOST": f"unix://{home}/no.sock", "NO_COLOR": "1"},
            timeout=240,
            check=False,
        )
    finally:
        os.close(theirs)
    reader.join(10)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "push-and-pull"],
        ["explain"],
        ["explain", "random-host-port"],
        ["explain", "Error response from daemon: No such container: web"],
        ["reference", "nginx", "MyApp", "ghcr.io/octo/cat:1", "docker.io"],
        ["labs"],
        ["attempts", "push-and-pull"],
        ["hint", "push-and-pull", "push"],
        ["check", "push-and-pul"],
        ["explain", "disk-ful"],
    ],
    ids=" ".join,
)
def test_no_line_but_a_command_is_longer_than_the_terminal(arguments: list[str], tmp_path: Path) -> None:
    shown = typed(arguments, tmp_path)
    assert shown.strip()
    longer = [row for row in shown.splitlines() if len(row) >= COLUMNS]
    assert not [row for row in longer if not row.startswith("    ") and " " in row.strip()], shown


def test_elsewhere_a_page_is_as_it_is_written_and_a_list_has_a_line_for_each(tmp_path: Path) -> None:
    def piped(*arguments: str) -> list[str]:
        return subprocess.run(
            [sys.executable, "-m", "labcheck", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=os.environ | {"LABCHECK_HOME": str(tmp_path), "COLUMNS": str(COLUMNS)},
            timeout=240,
            check=True,
        ).stdout.splitlines()

    written = piped("explain", "random-host-port")
    assert max(map(len, written)) > COLUMNS
    assert len(piped("labs")) == len(slugs())
