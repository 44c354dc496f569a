"""Make a sandbox ready from within: its places, its network, its engine, its mirror.

It starts only what the sandbox needs, and returns once engine and mirror answer, or says why they do not.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox import daemon, mirror, mounts, network
from labcheck.sandbox.data import CONFIG, ENGINE, ENGINE_LOG, MIRROR, MIRROR_LOG
from labcheck.sandbox.environment import environment
from labcheck.sandbox.orders import Orders
from labcheck.sandbox.requirements import search_path

DEADLINE = 30.0
"""Seconds for the engine and the mirror to answer."""


def own_environment(orders: Orders) -> dict[str, str]:
    """The environment of everything in the sandbox."""
    return environment(
        os.environ,
        sandbox=orders.identity.id,
        docker_config=str(mounts.DATA / CONFIG),
        journal=None if orders.data else str(mounts.JOURNAL),
    )


def prepare(orders: Orders) -> int:
    """Make the sandbox ready; the pid of its engine."""
    socket.sethostname(mounts.HOSTNAME)
    network.loopback_up()
    mounts.private_places(Path(orders.data) if orders.data else None, orders.resolver)
    for name in (ENGINE, CONFIG, MIRROR):
        (mounts.DATA / name).mkdir(exist_ok=True, mode=0o700)
    daemon.configure(Path("/etc/docker"), mirror.ADDRESS)
    mounts.hand_over(*orders.owner)
    logs = mounts.DATA / MIRROR_LOG, mounts.DATA / ENGINE_LOG
    of_mirror = _start(mirror.command(mirror.Source(orders.source), mounts.DATA / MIRROR), logs[0], orders)
    engine = _start(daemon.command(orders.identity, orders.owner[1]), logs[1], orders)
    deadline = time.monotonic() + DEADLINE
    while not (up := daemon.answers(mounts.SOCKET)) or not _listens(mirror.ADDRESS):
        late = time.monotonic() > deadline
        if engine.poll() is not None or (late and not up):
            raise daemon.did_not_start(_text(logs[1]), orders.data)
        if of_mirror.poll() is not None or late:
            raise SandboxError(
                f"The sandbox's image mirror did not start: {daemon.last_words(_text(logs[0]))}.",
                "With LABCHECK_IMAGES=course it serves the course's own images, which need no network.",
            )
        time.sleep(0.01)
    mounts.replace_sockets(map(Path, orders.sockets))
    return engine.pid


def _start(command: Sequence[str], log: Path, orders: Orders) -> subprocess.Popen[bytes]:
    """Start a program that stays, away from the terminal."""
    own = own_environment(orders)
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - the engine or the mirror
            command,
            env=own | {"PATH": search_path(own.get("PATH", ""))},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
