"""The course in a container, as far as no engine is needed: another system's Python, an engine that is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOWS = """
import asyncio, subprocess, socket, ssl, multiprocessing, os, sys, webbrowser, tempfile, pathlib, shutil, http.client
import urllib.request, getpass, ctypes, platform
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty"):
    sys.modules[name] = None
for name in ("geteuid", "getuid", "getgid", "fchown", "chown", "O_CLOEXEC", "O_DIRECTORY", "setsid", "fork"):
    delattr(os, name)
sys.platform = "win32"
from labcheck.cli import main
main(sys.argv[1:])
"""
"""A Python that lacks what Windows' lacks. What the standard library needs of it was loaded before."""


def typed(home: Path, *arguments: str, python: str = "from labcheck.cli import main; main()") -> tuple[int, str]:
    """The exit code of labcheck, where no engine listens, and what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LABCHECK", "DOCKER"))}
    environment |= {"LABCHECK_HOME": str(home), "DOCKER_HOST": f"unix://{home}/none.sock"}
    done = subprocess.run(
        [sys.executable, "-c", python, *arguments],
        capture_output=True, text=True, check=False, timeout=60, env=environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_an_engine_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "start", str(tmp_path / "notebooks"), "--driver", "container", "--yes")
    assert code == 2
    assert f"labcheck: Your Docker engine does not answer at {tmp_path}/none.sock, or no longer.\n  Start it" in said
    assert "Traceback" not in said
    assert not [path for name in ("notebooks", "container.json") for path in tmp_path.rglob(name)]


def test_a_command_of_this_machine_does_not_run_in_the_container(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "sandbox", "run", "--driver", "container", "--", "true")
    assert (code, "labcheck start --driver container" in said) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("start", "notebooks", "--yes"), 2, "A sandbox of its own needs Linux."),
        (("start", "notebooks", "--driver", "container", "--yes"), 2, "Your Docker engine does not answer"),
        (("sandbox", "status"), 0, "No sandbox is running."),
        (("sandbox", "down"), 0, "No sandbox is running."),
        (("sandbox", "remove"), 0, "No engine keeps anything on disk."),
        (("images", "save", "--container", "file.tar"), 2, "Your Docker engine does not answer"),
    ],
)
def test_what_needs_the_container_loads_nothing_that_windows_lacks(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done, said = typed(tmp_path, *arguments, python=WINDOWS)
    assert "Traceback" not in said
    assert words in said
    assert done == code
