"""Opens the course: its own engine, JupyterLab beside it, and the page in a browser.

In the process of the command; under ``sudo``, as root::

    note.py        where the course is open or being opened, for those who start it twice
    port.py        the page's port, the same at each start
    refusal.py     why it cannot be opened here, and what to do
    host.py        the course with the learner's own engine, outside a sandbox
    as_learner.py  how a command is started as the learner
    browser.py     shows the page, through a file that only the learner may read
    telling.py     runs what tells a class's wall, while the learner consents to that

In ``learner/``, as the learner, in the sandbox or beside an engine of their own::

    __main__.py    lays out the notebooks, runs JupyterLab and the recorder
    jupyterlab.py  JupyterLab's settings and environment
    workspace.py   what JupyterLab shows the first time
    bashrc.py      what its terminals read, so that they use the course's engine
    recorder.py    each lab watched, so that steps tick whatever terminal a command is typed in

Under ``sudo`` only the engine runs as root. Work is kept: the engine's data, the journal and the notebooks are on disk.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from labcheck import loopback
from labcheck.home import home
from labcheck.owner import behind_sudo
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


def default_folder() -> Path:
    """Where the notebooks go by default: the same for every start, in whichever folder it is typed."""
    owner = behind_sudo()
    return (Path.home() if owner is None else owner.home) / "labcheck-course"


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
