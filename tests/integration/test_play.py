"""A rehearsal's commands: hanging, failing, talking in bytes that are no text. Playing a lab is in ``live/``."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from labcheck.play import failure
from labcheck.wait import wait_until
from tests.support.command import labcheck


@pytest.mark.parametrize("command", ["sleep 60", "sleep 60 & wait", "trap '' TERM INT HUP; sleep 60; sleep 60", "yes"])
def test_a_solution_that_hangs_is_ended_and_said_to_hang(command: str) -> None:
    began = time.monotonic()
    assert failure(command, 0.3) == f"{command} did not end within 0.3 s"
    assert time.monotonic() - began < 20


def test_what_it_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    waits = f"until [ -e {tmp_path}/go ]; do sleep 0.1; done; touch {tmp_path}/later"
    assert failure(f"({waits}) &", 60) == ""
    (tmp_path / "go").touch()
    assert wait_until((tmp_path / "later").exists, within=60)


def test_what_is_no_text_is_told_as_escapes() -> None:
    command = "printf 'caf\\351\\n'; exit 3"
    assert failure(command) == f"{command} failed: caf\\xe9"


def test_of_a_long_answer_the_end_is_told() -> None:
    said = failure("yes no | head -c 1000000 >&2; echo at last >&2; false").partition(" failed: ")[2]
    assert said.endswith("at last")
    assert len(said) <= 1000


def test_a_failure_without_a_word_has_its_exit_code() -> None:
    assert failure("exit 7") == "exit 7 failed: exit code 7"


def test_outside_of_a_throwaway_sandbox_nothing_is_played(tmp_path: Path) -> None:
    done = labcheck("rehearse", "--here", "push-and-pull", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "plays only in a sandbox of its own" in done.stderr


def test_a_command_finds_this_labcheck_wherever_it_was_called_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert failure("labcheck --version") == ""
    monkeypatch.delenv("PATH")
    assert failure("labcheck --version") == ""
