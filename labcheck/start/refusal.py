"""Why the course cannot be opened here, said before anything is started, with what works now and what comes later."""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec

from labcheck.errors import Refused
from labcheck.observe import Observer
from labcheck.query import Subject
from labcheck.sandbox.environment import MARK
from labcheck.snapshot import Found

PATIENCE = 3.0
LATER = "Later, the course will also run in a container of that Docker, without root."


def check() -> None:
    """Refuse what cannot work. Raises ``Refused``."""
    if os.environ.get(MARK):
        raise Refused("This is the course's own terminal: the course is open already.", "Where you are: labcheck")
    if find_spec("jupyterlab") is None:
        raise Refused("JupyterLab is not installed.", "Install it with: pip install 'labcheck[notebook]'")
    if os.geteuid() != 0:
        raise _not_root()


def _not_root() -> Refused:
    as_root = f"Type: sudo {shlex.join([sys.executable, '-m', 'labcheck', 'start'])}"
    if not _docker_answers():
        return Refused("Only root can start the course's own engine.", as_root)
    return Refused(
        "Docker works here, but the course has an engine of its own, and only root can start that.",
        f"{as_root}\n  Without root, now: labcheck start --engine host uses your Docker itself, "
        f"and says first what a lab may remove there.\n  {LATER}",
    )


def _docker_answers() -> bool:
    with Observer(Subject(), timeout=PATIENCE) as observer:
        return isinstance(observer.observe(()).info, Found)
