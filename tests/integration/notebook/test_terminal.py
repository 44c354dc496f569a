"""``%%terminal``: it reads like a terminal, it fails when a command fails, and nothing of it waits for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from labcheck.errors import NotebookError
from labcheck.notebook.terminal import run, terminal
from labcheck.wait import wait_until


def said(commands: str, capsys: pytest.CaptureFixture[str], timeout: float = 20) -> str:
    run(commands, timeout=timeout)
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_output_and_errors_come_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("echo one; echo two >&2; echo three", capsys) == "one\ntwo\nthree\n"


def test_a_letter_that_comes_in_two_pieces_is_one_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(r"printf '\xc3'; sleep 0.1; printf '\xa9 \xff'", capsys) == "é \N{REPLACEMENT CHARACTER}"


def test_much_output_is_all_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("seq 100000", capsys).splitlines() == [str(number) for number in range(1, 100001)]


def test_there_is_no_terminal_and_there_are_no_colours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert said("test -t 1 || echo none; echo $TERM${FORCE_COLOR}", capsys) == "none\ndumb\n"


def test_a_question_gets_no_answer_and_does_not_eat_the_next_line(capsys: pytest.CaptureFixture[str]) -> None:
    reads, writes = os.pipe()
    os.write(writes, b"not for you\n")
    own = os.dup(0)
    os.dup2(reads, 0)
    try:
        assert said("read answer || echo nobody\necho next", capsys) == "nobody\nnext\n"
    finally:
        os.dup2(own, 0)
        for descriptor in (reads, writes, own):
            os.close(descriptor)


def test_curl_shows_no_meter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "page").write_text("hello\n")
    assert said(f"curl -X GET file://{tmp_path}/page", capsys) == "hello\n"
    with pytest.raises(NotebookError):
        run(f"curl file://{tmp_path}/nothing")
    assert "curl: (37)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ("echo before; (exit 3); echo after", "The command failed with exit code 3."),
        ("echo before; no-such-command", "The command failed with exit code 127."),
        ("echo before; kill -TERM $$", "The command was ended by the signal SIGTERM."),
    ],
)
def test_the_first_failure_ends_the_cell(commands: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotebookError, match=sentence):
        run(commands)
    out = capsys.readouterr().out
    assert out.startswith("before\n")
    assert "after" not in out


REFUSED = "The push refers to repository [localhost:5000/nginx]\ntag does not exist: localhost:5000/nginx:latest"


def test_a_failure_says_what_its_message_means_and_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotebookError) as failed:
        run(f"seq 100000; echo '{REFUSED}' >&2; exit 1")
    assert capsys.readouterr().out.endswith(f"{REFUSED}\n")
    assert str(failed.value) == "The command failed with exit code 1."
    assert "(push-of-no-image)" in failed.value.remedy
    assert max(map(len, failed.value.remedy.splitlines())) < 70
    assert "    docker image tag nginx localhost:5000/nginx:latest\n" in failed.value.remedy


def test_a_message_that_nobody_knows_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotebookError) as failed:
        run("echo something else went wrong; exit 1")
    assert capsys.readouterr().out == "something else went wrong\n"
    assert failed.value.remedy == ""


def test_a_command_that_went_well_is_not_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(f"echo '{REFUSED}'", capsys) == f"{REFUSED}\n"


def test_a_failure_left_of_a_pipe_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("(echo denied >&2; exit 1) 2>&1 | tr a-z A-Z", capsys) == "DENIED\n"


def test_a_remark_alone_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("# Push httpd, as you pushed nginx.\n", capsys) == ""


def alive(group: int) -> list[str]:
    """The processes of a group that still run; one that has ended may wait for its parent to notice."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return [row for row in listed.splitlines() if int(row.split()[0]) == group and row.split()[1][0] != "Z"]


@pytest.mark.parametrize("commands", ["sleep 300", "trap '' INT; sleep 300 & wait", "yes >/dev/null"])
def test_after_the_deadline_everything_is_ended(commands: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(NotebookError, match=r"did not end within 0\.3 s"):
        run(f"echo $$ > {tmp_path}/pid; {commands}", timeout=0.3)
    assert time.monotonic() - started < 100
    group = int((tmp_path / "pid").read_text())
    assert wait_until(lambda: alive(group) == [], 60), "what was killed may need a processor once more"


def test_what_goes_on_in_the_background_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    waited = int(said("sleep 100 & echo $!", capsys))
    assert time.monotonic() - started < 60
    os.kill(waited, signal.SIGTERM)  # it is still there


def test_an_interruption_ends_the_command() -> None:
    started = time.monotonic()
    timer = threading.Timer(0.5, os.kill, (os.getpid(), 2))
    timer.start()
    with pytest.raises(NotebookError, match="interrupted"):
        run("sleep 300")
    timer.join()
    assert time.monotonic() - started < 100


@pytest.mark.parametrize("line", ["--timeout", "--timeout soon", "docker pull nginx"])
def test_what_the_magic_does_not_understand_it_says(line: str) -> None:
    with pytest.raises(NotebookError, match="does not understand"):
        terminal(line, "true")


def test_the_deadline_can_be_chosen() -> None:
    with pytest.raises(NotebookError, match="within 1 s"):
        terminal("--timeout 1", "sleep 30")
