"""A Ctrl-C in ``make start`` is no error: it ends with exit 0, and says what to type to go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.terminal import Terminal, terminal
from tests.support.places import ROOT

START = ROOT / ".ci" / "start.py"


@contextmanager
def make_start(folder: Path, preparing: str) -> Iterator[Terminal]:
    """A terminal in which ``make start`` is typed; what is prepared first is this script."""
    (folder / "preparing").write_text(preparing, encoding="utf-8")
    (folder / "Makefile").write_text(f'start:\n\t@{sys.executable} {START} "sh {folder}/preparing"\n', encoding="utf-8")
    with terminal(["sh", "-c", f"make -C {folder} --no-print-directory start; echo the exit code is $?"]) as typed:
        yield typed


SOON = "(sleep 1; echo here) 2>/dev/null &"
"""Said when what comes after it has begun: a shell may lose a signal while it starts a program."""


@pytest.mark.parametrize("preparing", [f"{SOON} exec sleep 60", f"trap 'exit 130' INT; {SOON} sleep 60; exit 130"])
def test_a_ctrl_c_is_no_error_and_says_what_to_type(preparing: str, tmp_path: Path) -> None:
    with make_start(tmp_path, preparing) as typed:
        typed.see("here")
        typed.type("\x03")
        typed.see("Stopped. To continue: make start\r\nthe exit code is 0")


def test_a_ctrl_z_stops_nothing(tmp_path: Path) -> None:
    with make_start(tmp_path, "echo here; sleep 1; exit 3") as typed:
        typed.see("here")
        typed.type("\x1a")
        typed.see("Error 3")
        typed.see("the exit code is 2")


def test_what_fails_is_an_error_and_what_it_said_is_told(tmp_path: Path) -> None:
    with make_start(tmp_path, "echo there is no room >&2; exit 1") as typed:
        typed.see("there is no room")
        typed.see("the exit code is 2")
