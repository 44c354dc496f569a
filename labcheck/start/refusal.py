"""Why the course cannot be opened here: said before anything is started, with what works now and what comes later."""

from __future__ import annotations

import os
from importlib.util import find_spec

from labcheck.errors import Refused, SandboxError
from labcheck.home import MARK
from labcheck.sandbox.driver import Driver

PATIENCE = 3.0
OTHERWISE = (
    "Or use your own Docker, which works: labcheck start --engine host. It tells you first what a lab may remove there."
)


def check() -> None:
    """Refuse what cannot work with any engine. Raises ``Refused``."""
    check_outside()
    if find_spec("jupyterlab") is None:
        raise Refused("JupyterLab is not installed.", "Install it with: pip install 'labcheck[notebook]'")


def check_outside() -> None:
    """Refuse in the course's own terminal. Raises ``Refused``."""
    if os.environ.get(MARK):
        raise Refused("This is the course's own terminal: the course is open already.", "Where you are: labcheck")


def check_sandbox(driver: Driver) -> None:
    """Refuse if the course's own engine cannot be made here; a Docker that works can be used instead.

    Raises ``LabcheckError``.
    """
    from labcheck.sandbox.outside import requirements  # noqa: PLC0415 - it exists only on Linux

    try:
        requirements.check(driver, uid=os.geteuid(), path=os.environ.get("PATH", ""))
    except SandboxError as error:
        if not _docker_answers():
            raise
        raise Refused(f"The course has an engine of its own. {error}", f"{error.remedy}\n{OTHERWISE}") from error


def _docker_answers() -> bool:
    from labcheck.observe.engine.inventory import inventory  # noqa: PLC0415 - slow to import, and needed only for a refusal
    from labcheck.snapshot import Found  # noqa: PLC0415 - as above

    return isinstance(inventory(timeout=PATIENCE), Found)
