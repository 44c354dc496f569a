"""A sandbox whose command serves a page, with access to that page from outside: ``serve``.

The data is on disk and available the next time. The terminal is lent to the command, as in ``run``.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Unpack

from labcheck.errors import SandboxError
from labcheck.sandbox.outside.launch import launched
from labcheck.sandbox.outside.plan import Tell, Wanted, planned
from labcheck.sandbox.outside.relay import Address, answers, relayed
from labcheck.sandbox.outside.terminal import lent
from labcheck.sandbox.places import HUB, LEARNER, PAGE
from labcheck.wait import wait_until

DEADLINE = 120.0
"""For how many seconds to wait for the page: a slow disk has to read JupyterLab for the first time."""


def serve(
    command: Sequence[str],
    outside: socket.socket,
    *,
    ready: Callable[[Path], object],
    tell: Tell,
    hub: Address | None = None,
    **wanted: Unpack[Wanted],
) -> int:
    """Run a command that serves a page, and relay the page to ``outside``; returns the command's exit code.

    ``ready`` is called once the page answers, with the learner's folder in memory. ``hub`` is the API of the JupyterHub
    that the page belongs to: a socket in that folder leads to it. Raises ``SandboxError``.
    """
    with (
        planned(command, tell=tell, **wanted) as plan,
        launched(plan) as running,
        lent(running.record.first),
    ):

        def close(*_: object) -> None:
            running.record.first.send(signal.SIGTERM)
            tell("Closing the course ...")

        # Ctrl-C reaches the command directly from the terminal; signals sent only to us are forwarded.
        signal.signal(signal.SIGINT, close)
        place = Path(f"/proc/{running.record.first.pid}/root{LEARNER}")
        with relayed(outside, place / PAGE), _leading_to(hub, place / HUB):
            tell("Opening the course ...")
            await_page(place, ended=lambda: running.ended, ready=ready)
            return running.wait()


@contextmanager
def _leading_to(outside: Address | None, inside: Path) -> Iterator[None]:
    """A socket inside that leads to somebody outside."""
    if outside is None:
        yield
        return
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(inside))
        listener.listen()
        with relayed(listener, outside):
            yield


def await_page(place: Path, *, ended: Callable[[], bool], ready: Callable[[Path], object]) -> None:
    """Call ``ready`` once the page answers, but not if its command ends first. Raises ``SandboxError``."""
    if not wait_until(lambda: ended() or answers(place / PAGE), DEADLINE):
        raise SandboxError(f"JupyterLab was not ready within {DEADLINE:.0f} seconds.", "Try again.")
    if not ended():
        ready(place)
