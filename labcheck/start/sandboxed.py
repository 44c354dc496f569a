"""The course in a sandbox on this machine, or beside the learner's own engine: in the process of the command."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from labcheck import loopback
from labcheck.home import home
from labcheck.sandbox.driver import Driver, usual
from labcheck.sandbox.outside.page import serve
from labcheck.sandbox.places import LEARNER, TOKEN
from labcheck.start import host, note, refusal
from labcheck.start import port as page_port
from labcheck.start.as_learner import command
from labcheck.start.telling import telling

DATA = {Driver.ROOT: "course", Driver.ROOTLESS: "course-rootless"}
"""Where the engine's data is, in the course's home: root and an ordinary user cannot use each other's."""
Tell: TypeAlias = Callable[[str], object]


def start(
    folder: Path, *, port: int = 0, opened: Tell, tell: Tell = lambda _: None, driver: Driver | None = None
) -> int:
    """Open the course with the notebooks in ``folder``, and wait until it is closed; 0 if all went well.

    ``driver`` is how the sandbox is made; ``None`` means as root if we are, else without.

    ``opened`` is called with the page's address once it is there, ``tell`` with what takes long.

    Raises ``LabcheckError``.
    """
    refusal.check()
    note.check()
    chosen = driver or usual()
    refusal.check_sandbox(chosen)
    with note.taken(tell), closing(page_port.taken(port)) as outside, telling():
        ready = _ready(outside, opened)
        tell(chosen.told)
        what, data = command(folder.absolute(), LEARNER), home() / DATA[chosen]
        return serve(what, outside, data=data, ready=ready, tell=tell, driver=chosen)


def start_on_host(folder: Path, *, port: int = 0, opened: Tell, tell: Tell) -> int:
    """The same with the learner's own engine; ``tell`` is called first with what a lab may remove there."""
    refusal.check()
    with note.taken(tell), closing(page_port.taken(port)) as outside, telling():
        tell(host.warning())
        return host.serve(folder.absolute(), outside, ready=_ready(outside, opened))


def _ready(outside: socket.socket, opened: Tell) -> Callable[[Path], None]:
    """What to do once the page is available."""

    def ready(place: Path) -> None:
        token = (place / TOKEN).read_text(encoding="ascii")
        port = outside.getsockname()[1]
        page_port.keep(port)
        address = f"http://{loopback.ADDRESS}:{port}/?token={token}"
        note.write(address)
        opened(address)

    return ready
