"""What the doctor concluded, as a page to read and as JSON."""

from __future__ import annotations

import json
import re

import pytest

from labcheck.doctor.conclusion import Conclusion, State
from labcheck.doctor.page import FORMATS, as_json, terminal

PAGE = """\
Good:
  Python      Version 3.11.2.

Could not look:
  memory      This system does not tell how much memory is free.

Warning:
  Docker Hub  It cannot be reached from here.
              The course images are used instead.

Problem:
  engine      Nothing answers at /home/somebody/with/a/long/name/.docker/desktop/docker.sock, where
              the Docker context desktop-linux points.
              Start it:
                  export DOCKER_HOST=unix:///home/somebody/with/a/long/name/.colima/default/docker.sock # unwrapped

The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers.
Solve the problems above, then look again:
    labcheck doctor
"""
LONG = "export DOCKER_HOST=unix:///home/somebody/with/a/long/name/.colima/default/docker.sock # unwrapped"
PAGE_LINES = (
    Conclusion("Docker Hub", State.WARNING, "It cannot be reached from here.", "The course images are used instead."),
    Conclusion(
        "engine",
        State.PROBLEM,
        "Nothing answers at /home/somebody/with/a/long/name/.docker/desktop/docker.sock, "
        "where the Docker context desktop-linux points.",
        "Start it:",
        (LONG,),
    ),
    Conclusion("Python", State.GOOD, "Version 3.11.2."),
    Conclusion("memory", State.UNSEEN, "This system does not tell how much memory is free."),
    Conclusion(
        "course",
        State.PROBLEM,
        "The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers.",
        "Solve the problems above, then look again:",
        ("labcheck doctor",),
    ),
)


def test_the_worst_is_last_and_a_command_is_never_wrapped() -> None:
    assert terminal(PAGE_LINES) == PAGE


def test_a_narrow_terminal_is_kept_to() -> None:
    rows = terminal(PAGE_LINES, width=60).splitlines()
    assert max(len(row) for row in rows if LONG not in row and "/desktop/docker.sock" not in row) <= 60
    assert any(LONG in row for row in rows)
    assert terminal(PAGE_LINES, width=1000) == PAGE


def test_colours_say_nothing_that_words_do_not_say() -> None:
    coloured = terminal(PAGE_LINES, colour=True)
    assert "\x1b[31mProblem:\x1b[0m" in coloured
    assert "    \x1b[1mlabcheck doctor\x1b[0m\n" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == PAGE


def test_what_leads_to_a_command_stands_just_above_it() -> None:
    line = Conclusion("course", State.WARNING, "It runs.", "Mind the dog. It bites. To begin:", ("labcheck start",))
    assert terminal((line,)) == "It runs.\nMind the dog. It bites.\nTo begin:\n    labcheck start\n"


def test_json_is_a_list_of_what_was_found() -> None:
    documents = json.loads(as_json(PAGE_LINES))
    assert [list(it) for it in documents] == [["name", "state", "says", "remedy"]] * len(PAGE_LINES)
    assert documents[1]["state"] == "problem"
    assert documents[1]["remedy"] == f"Start it:\n{LONG}"
    assert documents[2] == {"name": "Python", "state": "good", "says": "Version 3.11.2.", "remedy": ""}


@pytest.mark.parametrize("form", FORMATS)
def test_no_name_from_outside_can_touch_the_terminal(form: str) -> None:
    shown = FORMATS[form]((Conclusion("engine", State.GOOD, "\x1b[31mred", "\u202eback", ("a\x1bb",)), PAGE_LINES[-1]))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
