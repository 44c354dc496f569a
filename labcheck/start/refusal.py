"""Why the course cannot be opened here: said before anything is started, with what works now and what comes later."""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec

from labcheck.errors import Refused
from labcheck.home import MARK

PATIENCE = 3.0


def check() -> None:
    """Refuse what cannot work with any engine. Raises ``Refused``."""
    if os.environ.get(MARK):
        raise Refused("This is the course's own terminal: the course is open already.", "Where you are: labcheck")
    if find_spec("jupyterlab") is None:
        raise Refused("JupyterLab is not installed.", "Install it with: pip install 'labcheck[notebook]'")


def check_root() -> None:
    """Refuse if the course's own engine cannot be started: without root, or not on Linux."""
    if sys.platform == "linux" and os.geteuid() == 0:
        return
    why, remedies = "only root can start that", [_as_root()]
    if sys.platform != "linux":
        why, remedies = "for now that runs on Linux only", []
    if not _docker_answers():
        raise Refused(f"The course has an engine of its own, and {why}.", *remedies)
    remedies += [
        "Now: labcheck start --engine host. It uses your own Docker, and tells you first what a lab may remove there.",
        "Later: the course in a container of your Docker, which needs neither root nor Linux.",
    ]
    raise Refused(f"Docker works here, but the course has an engine of its own, and {why}.", "\n  ".join(remedies))


def _as_root() -> str:
    return f"As root: sudo {shlex.join([sys.executable, '-m', 'labcheck', *sys.argv[1:]])}"


def _docker_answers() -> bool:
    from labcheck.observe.engine.inventory import inventory  # noqa: PLC0415 - slow to import, and needed only for a refusal
    from labcheck.snapshot import Found  # noqa: PLC0415 - as above

    return isinstance(inventory(timeout=PATIENCE), Found)
