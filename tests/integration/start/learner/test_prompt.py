"""The prompt of a terminal, on a real one: what it costs, and what it leaves alone."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labcheck.start.learner.prompt import prompt
from tests.live.terminal import Terminal, terminal

READY = "ready> "
TIMES = 200
COST = (
    f"for ((i = 0; i < {TIMES}; i++)); do s=$EPOCHREALTIME; __labcheck_prompt; e=$EPOCHREALTIME; "
    f"echo $((${{e/./}} - ${{s/./}})); done | sort -n | sed -n {TIMES // 2}p"
)
MARK = re.compile("\x1b\\]133;[^\x07]*\x07")
OTHERS = re.compile(r"/dev/pts/[0-9]+|[0-9]+ ms|\[1\] [0-9]+")
"""What is another terminal's, or another moment's."""
TYPED = (
    "tty >&2; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo all three",
    "stty -a",
    "(exit 3)",
    "echo $? ${PIPESTATUS[*]}",
    "false | true",
    "echo $? ${PIPESTATUS[*]}",
    "echo one two",
    "echo $_",
    "",
    "curl -sS http://127.0.0.1:1/ | cat",
    "echo $? ${PIPESTATUS[*]}",
    "curl -sS http://127.0.0.1:1/ 2>said",
    "cat said",
    "! true",
    "set -e",
    "! true",
    "echo alive",
    "set +e -u",
    "echo alive",
    "set +u",
    "bash -ec 'false; echo never'",
    "[[ abc =~ b ]]; read -r x <<<y",
    "echo $BASH_REMATCH $x",
    "sleep 0.1 & wait; jobs",
    "IFS=0123456789",
    "(exit 20)",
    "unset IFS; echo -n no end of line",
    "history | sed 's/^ *[0-9]* *//'",
    "type -t curl; ls /proc/self/fd",
)


@contextmanager
def shell(folder: Path, rest: str, own: str = "") -> Iterator[Terminal]:
    """A terminal whose shell has read this; ``own`` is what the learner's own file has first."""
    settings = f"PS1='{READY}' HOME={shlex.quote(str(folder))} HISTFILE= LC_ALL=C\ncd\n"
    (folder / "rc").write_text(f"{settings}{own}\n{rest}", encoding="utf-8")
    with terminal(["bash", "--noprofile", "--rcfile", str(folder / "rc"), "-i"]) as typed:
        typed.see(READY)
        yield typed


def drawn(typed: Terminal, *commands: str) -> str:
    """What is drawn while these are typed one after the other."""
    before = len(typed.all)
    for command in commands:
        typed.type(f"{command}\n")
        typed.see(READY)
    return typed.all[before:]


@pytest.fixture
def ticks(tmp_path: Path) -> Path:
    file = tmp_path / "ticks"
    file.write_text("Done: before\n", encoding="utf-8")
    return file


def test_commands_draw_what_they_draw_without_it(tmp_path: Path, ticks: Path) -> None:
    with shell(tmp_path, "") as plain:
        expected = drawn(plain, *TYPED)
    with shell(tmp_path, prompt(ticks.parent)) as ours:
        seen = drawn(ours, *TYPED)
    assert MARK.search(seen)
    assert OTHERS.sub("", MARK.sub("", seen)) == OTHERS.sub("", expected)


def test_a_tick_is_told_once_in_colour_or_without(tmp_path: Path, ticks: Path) -> None:
    with shell(tmp_path, prompt(ticks.parent)) as typed:
        assert "Done" not in drawn(typed, "true", "")
        ticks.write_text("Done: before\nDone: now\n", encoding="utf-8")
        assert drawn(typed, "true", "", "true").count("\x1b[32mDone: now\x1b[0m\r\n") == 1
        ticks.write_text("Done: before\nDone: now\nDone: later\n", encoding="utf-8")
        assert "\rDone: later\r\n" in MARK.sub("", drawn(typed, "NO_COLOR=1"))


def test_a_prompt_of_ones_own_goes_on(tmp_path: Path, ticks: Path) -> None:
    own = "PROMPT_COMMAND='echo \"mine: $? ${PIPESTATUS[*]}\"'; PS0='begins '"
    with shell(tmp_path, prompt(ticks.parent), own) as typed:
        said = MARK.sub("", drawn(typed, "true | (exit 4) | true"))
        assert "begins mine: 0 0 4 0" in said


@pytest.mark.parametrize("where", ["own", "typed"])
def test_one_line_is_enough_to_be_without_it(tmp_path: Path, ticks: Path, where: str) -> None:
    off = "LABCHECK_PROMPT=off"
    with shell(tmp_path, prompt(ticks.parent), off if where == "own" else "") as typed:
        drawn(typed, off)
        ticks.write_text("Done: before\nDone: now\n", encoding="utf-8")
        said = drawn(typed, "true", "curl -s http://127.0.0.1:1/")
        assert "Done" not in said
        assert "133;D" not in said


def test_without_a_file_and_without_a_server_nothing_is_said(tmp_path: Path) -> None:
    with shell(tmp_path, prompt(tmp_path / "nowhere")) as typed:
        said = MARK.sub("", drawn(typed, "curl -s http://127.0.0.1:1/; (exit 7)"))
        assert said.endswith(f"\x1b[?2004l\r\x1b[?2004h{READY}"), said


def test_a_prompt_costs_less_than_five_milliseconds(tmp_path: Path, ticks: Path) -> None:
    ticks.write_text("Done: before\n" * 100, encoding="utf-8")
    with shell(tmp_path, prompt(ticks.parent)) as typed:
        microseconds = int(MARK.sub("", drawn(typed, COST)).splitlines()[-2].rpartition("\r")[2])
    assert 0 < microseconds < 5000
