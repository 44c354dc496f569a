"""Prepare a sandbox from within: its mounts, its network, its engine, its mirror.

It starts only what the sandbox needs, and returns once engine and mirror answer, or reports why they do not.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox import mirror
from labcheck.sandbox.environment import environment
from labcheck.sandbox.inside import daemon, mounts, network
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.places import (
    CONFIG,
    DATA,
    ENGINE,
    ENGINE_LOG,
    MIRROR,
    MIRROR_HOST,
    MIRROR_LOG,
    MIRROR_PORT,
    SOCKET,
)
from labcheck.sandbox.programs import program, search_path
from labcheck.sandbox.protocol import Setup
from labcheck.wait import wait_until

READING_ONLY = ("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all,+dac_read_search", "--")
"""The rights of root that the mirror keeps: it reads images in a home that may be closed to others."""
DEADLINE = 30.0
"""For how many seconds to wait for the engine and the mirror to answer."""


def own_environment(setup: Setup) -> dict[str, str]:
    """The environment of everything in the sandbox."""
    return environment(os.environ, sandbox=setup.identity.id, in_memory=setup.data is None)


@dataclass(frozen=True, slots=True)
class Service:
    """A program that runs as long as the sandbox does: its name for people, its command, whether it answers."""

    name: str
    command: Sequence[str]
    log: Path
    answers: Callable[[], bool]
    pid: int


def prepare(setup: Setup) -> tuple[Service, Service]:
    """Prepare the sandbox; returns its engine and its mirror."""
    socket.sethostname(mounts.HOSTNAME)
    network.loopback_up()
    mounts.private_places(Path(setup.data) if setup.data else None, setup.resolver, setup.driver)
    for name in (ENGINE, CONFIG, MIRROR):
        (DATA / name).mkdir(exist_ok=True, mode=0o700)
    daemon.configure(Path("/etc/docker"), mirror.ADDRESS)
    mounts.hand_over(*setup.owner)
    logs = DATA / MIRROR_LOG, DATA / ENGINE_LOG
    commands = (
        [program("setpriv"), *READING_ONLY, *mirror.command(setup.source, DATA / MIRROR)],
        daemon.command(setup.identity, setup.owner[1], setup.driver),
    )
    of_mirror, engine = (_start(command, log, setup) for command, log in zip(commands, logs, strict=True))
    wait_until(lambda: _settled(engine, _engine_answers) and _settled(of_mirror, _mirror_answers), DEADLINE, every=0.01)
    if engine.poll() is not None or not _engine_answers():
        raise daemon.did_not_start(_text(logs[1]), setup.data)
    if of_mirror.poll() is not None or not _mirror_answers():
        raise SandboxError(
            f"The sandbox's image mirror did not start: {last_error(_text(logs[0]))}.",
            "LABCHECK_IMAGES=course serves the course's own images, which need no network.",
        )
    mounts.replace_sockets(map(Path, setup.sockets))
    return (
        Service("The course's engine", commands[1], logs[1], _engine_answers, engine.pid),
        Service("The course's image mirror", commands[0], logs[0], _mirror_answers, of_mirror.pid),
    )


def services_environment(setup: Setup) -> dict[str, str]:
    """The environment of the engine and the mirror."""
    own = own_environment(setup)
    return own | {"PATH": search_path(own.get("PATH", ""))}


def _start(command: Sequence[str], log: Path, setup: Setup) -> subprocess.Popen[bytes]:
    """Start a background program without the terminal."""
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - the engine or the mirror
            command,
            env=services_environment(setup),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _settled(program: subprocess.Popen[bytes], answers: Callable[[], bool]) -> bool:
    """Whether the program has either answered or ended."""
    return answers() or program.poll() is not None


def _engine_answers() -> bool:
    return daemon.answers(SOCKET)


def _mirror_answers() -> bool:
    try:
        with socket.create_connection((MIRROR_HOST, MIRROR_PORT), timeout=1):
            return True
    except OSError:
        return False


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
