"""What is written down for the prompts when steps become done."""

from __future__ import annotations

import stat
from pathlib import Path

from msgspec.structs import replace

from labcheck.lab import load
from labcheck.log import Head
from labcheck.progress import Moment
from labcheck.replay import start
from labcheck.start.learner.ticks import Ticks

LAB, OTHER = load("push-and-pull"), load("start-here")
FIRST = LAB.steps[0]


def moment(*done: str, attempt: int = 1) -> Moment:
    """The lab with these steps done."""
    return Moment(Head(LAB.slug, attempt, "", 0), replace(start(LAB, 0), done=dict.fromkeys(done, 1)))


def other(*done: str) -> Moment:
    """Another lab."""
    return Moment(Head(OTHER.slug, 1, "", 0), replace(start(OTHER, 0), done=dict.fromkeys(done, 1)))


def test_what_becomes_done_is_a_line(tmp_path: Path) -> None:
    file = tmp_path / "ticks"
    ticks = Ticks(file, [LAB, OTHER])
    ticks.tell([moment(), other()])
    assert file.read_text(encoding="utf-8") == ""
    for _ in range(2):
        ticks.tell([moment(FIRST.id), other()])
    assert file.read_text(encoding="utf-8") == f"Done: {FIRST.title} ({LAB.slug}, 1 of {len(LAB.steps)} steps)\n"


def test_what_was_done_before_is_no_news_in_any_lab(tmp_path: Path) -> None:
    file = tmp_path / "ticks"
    ticks = Ticks(file, [LAB, OTHER])
    ticks.tell([moment(FIRST.id), other(OTHER.steps[0].id)])
    assert file.read_text(encoding="utf-8") == ""


def test_a_step_of_a_new_attempt_is_told_again(tmp_path: Path) -> None:
    file = tmp_path / "ticks"
    ticks = Ticks(file, [LAB])
    ticks.tell([moment(FIRST.id)])
    ticks.tell([moment(attempt=2)])
    ticks.tell([moment(FIRST.id, attempt=2)])
    assert file.read_text(encoding="utf-8").count("\n") == 1


def test_a_title_cannot_colour_the_terminal(tmp_path: Path) -> None:
    file, odd = tmp_path / "ticks", replace(LAB, steps=(replace(FIRST, title="a\x1b[31m\nb"), *LAB.steps[1:]))
    ticks = Ticks(file, [odd])
    ticks.tell([moment()])
    ticks.tell([moment(FIRST.id)])
    assert file.read_text(encoding="utf-8").startswith("Done: a\\x1b[31m b (")


def test_the_file_is_the_learners_alone(tmp_path: Path) -> None:
    Ticks(tmp_path / "ticks", [LAB])
    assert stat.S_IMODE((tmp_path / "ticks").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_does_not_end_the_recording(tmp_path: Path) -> None:
    file = tmp_path / "ticks"
    ticks = Ticks(file, [LAB])
    ticks.tell([moment()])
    file.unlink()
    file.mkdir()
    ticks.tell([moment(FIRST.id)])
