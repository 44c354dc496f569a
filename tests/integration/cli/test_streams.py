"""Output that cannot be written, input that is closed: exit 2 and a sentence, for every command, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import NOWHERE

COMMANDS = {
    "alone": "",
    "check": "check push-and-pull",
    "junit": "check push-and-pull --format junit",
    "html": "check push-and-pull --format html",
    "step": "check push-and-pull --step push",
    "labs": "labs",
    "explain": "explain",
    "page": "explain disk-full",
    "reference": "reference nginx",
    "sandboxes": "sandbox status",
    "images": "images list",
    "help": "--help",
    "version": "--version",
}


def typed(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Type this in a shell."""
    return subprocess.run(
        ["/bin/sh", "-c", line],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ
        | {"LABCHECK_HOME": str(home), "DOCKER_HOST": NOWHERE, "LABCHECK": f"{sys.executable} -m labcheck"},
    )


@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_cannot_be_written_is_said_so(command: str, where: str, tmp_path: Path) -> None:
    done = typed(f"$LABCHECK {command} {where} </dev/null", tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("labcheck: ")
    assert len(done.stderr.splitlines()) == 2, done.stderr


def test_a_reader_that_has_seen_enough_ends_the_command_without_a_word(tmp_path: Path) -> None:
    code = tmp_path / "code"
    done = typed(f"{{ sleep 1; $LABCHECK explain </dev/null; echo $? >{code}; }} | true; cat {code}", tmp_path)
    assert (done.stdout, done.stderr) == ("141\n", "")


def test_where_no_error_can_be_told_the_exit_code_tells_it(tmp_path: Path) -> None:
    assert typed("$LABCHECK check nothing 2>/dev/full", tmp_path).returncode == 2
    assert typed("$LABCHECK labs 2>&- >/dev/full", tmp_path).returncode == 2
    assert typed("$LABCHECK check nothing 2>&- >&- <&-", tmp_path).returncode == 2


def test_a_closed_input_holds_no_message_and_no_yes(tmp_path: Path) -> None:
    done = typed("$LABCHECK explain <&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Push and pull:" in done.stdout
    assert typed("$LABCHECK sandbox status <&-", tmp_path).returncode == 0
