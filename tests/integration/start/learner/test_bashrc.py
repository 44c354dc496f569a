"""What the course's terminals read, whatever stands in the learner's own .bashrc."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from labcheck.home import MARK
from labcheck.start.learner.bashrc import bashrc

SANDBOX = {MARK: "abc", "DOCKER_CONFIG": "/run/here", "LABCHECK_HOME": "/home/it's mine"}


def in_a_terminal(tmp_path: Path, own: str, shell: str, inside: Mapping[str, str] = SANDBOX) -> str:
    """What the shell of a terminal says, for somebody with this ``.bashrc``."""
    (tmp_path / ".bashrc").write_text(own, encoding="utf-8")
    (tmp_path / "rc").write_text(bashrc(inside, "/the course/bin"), encoding="utf-8")
    said = subprocess.run(
        ["bash", "--rcfile", str(tmp_path / "rc"), "-i", "-c", shell],
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], **inside},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        start_new_session=True,
    )
    return said.stdout


@pytest.mark.parametrize("rest", ["", "false", "return 3", "set -u", "alias docker=podman; docker() { echo no; }"])
def test_no_bashrc_leads_elsewhere(tmp_path: Path, rest: str) -> None:
    own = f"export DOCKER_HOST=tcp://x DOCKER_TLS_VERIFY=1 COMPOSE_FILE=y DOCKER_CONFIG=/z PATH=/usr/bin:/bin; {rest}"
    said = in_a_terminal(tmp_path, own, "env; type docker; echo $PATH")
    lines = said.splitlines()
    assert not [line for line in lines if line.startswith(("DOCKER_HOST", "DOCKER_TLS", "COMPOSE"))]
    assert {"DOCKER_CONFIG=/run/here", "LABCHECK_HOME=/home/it's mine", f"{MARK}=abc"} <= set(lines)
    assert "alias" not in said
    assert "function" not in said
    assert lines[-1] == "/the course/bin:/usr/bin:/bin"


def test_what_has_nothing_to_do_with_engines_stays(tmp_path: Path) -> None:
    said = in_a_terminal(tmp_path, "export MINE=1 NO_PROXY=here; alias ll='ls -l'", "echo $MINE $NO_PROXY; alias ll")
    assert said.splitlines() == [
        "1 here,localhost,127.0.0.1,::1,127.83.0.1,registry.test",
        "alias ll='ls -l'",
    ]


def test_with_an_engine_of_their_own_the_bashrc_decides(tmp_path: Path) -> None:
    said = in_a_terminal(tmp_path, "export DOCKER_HOST=tcp://x", "echo $DOCKER_HOST $PATH", {})
    assert said.startswith("tcp://x /the course/bin:")
