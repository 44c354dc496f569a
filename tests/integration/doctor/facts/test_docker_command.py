"""What the doctor sees of the ``docker`` command: scripts in its place say what it may say."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from labcheck.cause import TimedOut
from labcheck.doctor.facts.docker_command import Client, client_on, complaint_of
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import evidence
from labcheck.snapshot import Absent, Found, Unknown

Docker = Callable[[str], str]


@pytest.fixture
def docker(tmp_path: Path) -> Docker:
    """Puts a shell script instead of the ``docker`` command; the PATH on which it is."""

    def put(script: str) -> str:
        program = tmp_path / "docker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(stat.S_IRWXU)
        return str(tmp_path)

    return put


def test_the_docker_command_says_its_version(docker: Docker) -> None:
    path = docker("""echo '{"Version": "28.2.2", "ApiVersion": "1.41", "DefaultAPIVersion": "1.50"}'; exit 1""")
    assert client_on(path, Deadline(5)) == Found(Client("28.2.2", "1.50"))


def test_podmans_imitation_is_recognised(docker: Docker) -> None:
    path = docker("echo 'Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.' >&2; exit 125")
    assert client_on(path, Deadline(5)) == Found(Client("", "", is_podman=True))


@pytest.mark.parametrize("script", ["echo nonsense", "", "exec /there/is/no/such", "echo []", "kill -9 $$"])
def test_a_docker_command_that_does_not_work(docker: Docker, script: str) -> None:
    path = docker(script)
    seen = client_on(path, Deadline(5))
    assert seen == Found(Client("", "", path=f"{path}/docker"))


def test_a_docker_command_that_is_no_program(docker: Docker) -> None:
    path = docker("")
    (Path(path) / "docker").write_bytes(b"")
    assert client_on(path, Deadline(5)) == Found(Client("", "", path=f"{path}/docker"))


def test_a_docker_command_that_hangs_was_not_seen(docker: Docker) -> None:
    path = docker("exec sleep 30")
    seen = evidence(lambda: client_on(path, Deadline(0.5)))
    assert seen == Unknown(f"{path}/docker did not answer in time.", TimedOut(0.5))


def test_docker_desktops_placeholder_in_wsl_is_no_docker_command(docker: Docker) -> None:
    path = docker("echo 'docker could not be found. Activate the WSL integration in Docker Desktop.'; exit 1")
    assert client_on(path, Deadline(5)) == Absent()


def test_variables_that_break_docker_do_not_hide_its_version(docker: Docker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    path = docker("""test -z "$DOCKER_TLS_VERIFY" && echo '{"Version": "1", "DefaultAPIVersion": "1.50"}'""")
    assert client_on(path, Deadline(5)) == Found(Client("1", "1.50"))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 28.2.2", ""),
        ("echo 'WARNING: old news' >&2; echo 'Error response from daemon: too new' >&2; echo >&2; exit 1", "too new"),
        ("exit 1", "It gave no reason."),
        ("echo 'no answer from tcp://me:secret@far.example:1' >&2; exit 1", "no answer from tcp://far.example:1"),
    ],
)
def test_what_docker_says_of_the_engine(docker: Docker, script: str, said: str) -> None:
    assert complaint_of(docker(script), Deadline(5)) == said


def test_no_docker_command_is_absent(tmp_path: Path) -> None:
    assert client_on(str(tmp_path), Deadline(5)) == Absent()
