"""What `make start` does: prepares the machine and the packages, opens the course, and exits with 0 after a Ctrl-C.

Ctrl-C closes the course, so it is not an error, but make would treat it as one. So this process takes the terminal
meanwhile, and make does not get the signal. It needs only Python's standard library.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
TYPED = "make start"
INTERRUPTED = 130


@contextmanager
def foreground() -> Iterator[None]:
    """If there is a terminal, make sure that only this process and its children get Ctrl-C."""
    if not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    group, settings = os.tcgetpgrp(terminal), termios.tcgetattr(terminal)
    os.setpgid(0, 0)
    try:
        _give(terminal, os.getpgrp())
        # Stopped with Ctrl-Z, it would leave a dead terminal: the shell waits for make.
        unstopped = termios.tcgetattr(terminal)
        unstopped[6][termios.VSUSP] = b"\0"
        termios.tcsetattr(terminal, termios.TCSANOW, unstopped)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, settings)
        _give(terminal, group)


def _give(terminal: int, group: int) -> None:
    """Make this process group the terminal's foreground group."""
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # otherwise a background process would be stopped by this
    try:
        os.tcsetpgrp(terminal, group)
    finally:
        signal.signal(signal.SIGTTOU, before)


def ready(make: list[str]) -> int:
    """Have make prepare everything; returns its exit code. make's own message about a failure adds nothing."""
    process = subprocess.Popen(
        [*make, "--no-print-directory", "ready"], stderr=subprocess.PIPE, text=True, errors="replace", cwd=ROOT
    )
    with _patient():
        for line in process.stderr or ():
            if "***" not in line:
                print(line, end="", file=sys.stderr, flush=True)
        return process.wait()


def course(arguments: list[str]) -> int:
    """Open the course, and wait until it is closed; returns its exit code."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"PATH": path, "LABCHECK_TYPED": TYPED}
    process = subprocess.Popen([BIN / "python", "-m", "labcheck", "start", *arguments], env=environment)
    with _patient():
        return process.wait()


@contextmanager
def _patient() -> Iterator[None]:
    """Leave Ctrl-C to the child process: it ends by itself, and its exit code tells the result."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def main() -> int:
    """Exit 0 after a Ctrl-C, else with the exit code of what failed."""
    make, *arguments = sys.argv[1:]
    with foreground(), suppress(KeyboardInterrupt):
        code = ready(make.split())
        if code == 0:
            code = course(arguments)
        if code not in {INTERRUPTED, -signal.SIGINT}:
            return code
    print(f"\nStopped. To continue: {TYPED}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
