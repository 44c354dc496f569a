"""Whatever a person's environment says, commands in a sandbox reach the sandbox's engine and no other."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.sandbox.outside import opened
from tests.live.typed import typed

WHO = ("docker", "info", "--format", "{{.Name}}")
BELOW_RUN = ("/run/docker.sock", "/run/user/1000/docker.sock", "/run/user/1000/podman/podman.sock")
LISTEN = """
import os, socket, sys
for path in sys.argv[1:]:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    os.set_inheritable(listener.detach(), True)
os.execvp("sleep", ["sleep", "20"])
"""
IN_RUN = """
mount -t tmpfs tmpfs /run
mkdir -p /run/user/1000/podman
python=$1 listen=$2 sockets=$3
shift 3
"$python" -c "$listen" $sockets >&2 &
while [ ! -S "${sockets##* }" ]; do sleep 0.01; done
"$@"
kill $!
"""
"""A machine on which these engines listen: in a mount namespace, so that this one's /run stays as it is."""


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Path, socket.socket]]:
    """The person's own engines: sockets that nobody in a sandbox may reach."""
    monkeypatch.setenv("HOME", str(tmp_path))
    paths = [
        tmp_path / ".docker/desktop/docker.sock",
        tmp_path / ".colima/work/docker.sock",
        tmp_path / "my-docker.sock",
    ]
    listeners = {}
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        listeners[path] = socket.socket(socket.AF_UNIX)
        listeners[path].bind(str(path))
        listeners[path].listen()
        listeners[path].settimeout(0)
    yield listeners
    for listener in listeners.values():
        listener.close()


def test_every_socket_of_an_engine_outside_is_the_sandboxs_inside(
    foreign: dict[Path, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{next(iter(foreign))}")
    monkeypatch.setenv("DOCKER_CONTEXT", "elsewhere")
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    with opened(source="course", outbound=False) as world:
        assert world.run(WHO).stdout == "labcheck\n"
        for path in foreign:
            assert world.run(["docker", "-H", f"unix://{path}", *WHO[1:]]).stdout == "labcheck\n"
            exported = f"export DOCKER_HOST=unix://{path}; exec docker info --format '{{{{.Name}}}}'"
            assert world.run(["bash", "-c", exported]).stdout == "labcheck\n"
    for listener in foreign.values():
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_an_engine_on_a_port_of_this_machine_is_not_there_inside() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, opened(source="course", outbound=False) as world:
        listener.settimeout(0)
        done = world.run(["docker", "-H", f"tcp://127.0.0.1:{listener.getsockname()[1]}", *WHO[1:]])
        assert done.returncode != 0
        assert done.stdout.strip() == ""
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_sockets_below_run_are_the_sandboxs_too() -> None:
    sockets = " ".join(BELOW_RUN)
    machine = ["unshare", "--mount", "sh", "-ec", IN_RUN, "sh", sys.executable, LISTEN, sockets]
    asking = f"for path in {sockets}; do docker -H unix://$path info --format '{{{{.Name}}}}'; done"
    done = typed("sh", "-c", asking, before=machine)
    assert done.stdout == "labcheck\n" * len(BELOW_RUN), done


def test_credentials_are_the_sandboxs_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker/config.json").write_text('{"currentContext": "elsewhere", "credsStore": "nowhere"}')
    done = typed(
        "sh",
        "-c",
        "docker context ls --format '{{.Name}}'; docker info --format '{{.Name}}'; ls -A $DOCKER_CONFIG | wc -l",
    )
    assert done.stdout == "default\nlabcheck\n0\n"
