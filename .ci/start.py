"""What `make start` does: makes the machine and the packages ready, opens the course, and ends well after a Ctrl-C.

A Ctrl-C is the way to close the course, so it is no error. But make would take it for one. So this takes the terminal
for itself meanwhile: make does not hear of it. It needs no more than Python's standard library.
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
    """Be the only one in this terminal whom a Ctrl-C reaches, with what is started here; where there is a terminal."""
    if not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    group, settings = os.tcgetpgrp(terminal), termios.tcgetattr(terminal)
    os.setpgid(0, 0)
    try:
        _give(terminal, os.getpgrp())
        # Stopped by a Ctrl-Z, it would leave a terminal in which nobody reads: the shell waits for make.
        unstopped = termios.tcgetattr(terminal)
        unstopped[6][termios.VSUSP] = b"\0"
        termios.tcsetattr(terminal, termios.TCSANOW, unstopped)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, settings)
        _give(terminal, group)


def _give(terminal: int, group: int) -> None:
    """Let this group of processes be the one that the terminal's keys reach."""
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # or whoever is not that group is stopped for it
    try:
        os.tcsetpgrp(terminal, group)
    finally:
        signal.signal(signal.SIGTTOU, before)


def ready(make: list[str]) -> int:
    """Have make prepare everything; its exit code. Its own words about a failure add nothing to what was said."""
    process = subprocess.Popen(
        [*make, "--no-print-directory", "ready"], stderr=subprocess.PIPE, text=True, errors="replace", cwd=ROOT
    )
    with _patient():
        for line in process.stderr or ():
            if "***" not in line:
                print(line, end="", file=sys.stderr, flush=True)
        return process.wait()


def course(arguments: list[str]) -> int:
    """Open the course, and wait until it is closed; its exit code."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"PATH": path, "LABCHECK_TYPED": TYPED}
    process = subprocess.Popen([BIN / "python", "-m", "labcheck", "start", *arguments], env=environment)
    with _patient():
        return process.wait()


@contextmanager
def _patient() -> Iterator[None]:
    """Leave a Ctrl-C to what was started: it ends by itself, and its exit code tells."""
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
