"""The page, shown in the learner's browser: where there is one, and never as root."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from labcheck.owner import behind_sudo
from labcheck.start.learner import as_learner


def show(address: str) -> bool:
    """Open the address in the learner's browser; false where there is none, or nobody to show it to but root."""
    owner = behind_sudo()
    if (owner is None and os.geteuid() == 0) or not _is_there(os.environ):
        return False
    browser = [sys.executable, "-P", "-m", "webbrowser", address]
    subprocess.Popen(  # noqa: S603 - the learner's browser
        as_learner(browser, owner, os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


def _is_there(own: Mapping[str, str]) -> bool:
    """Whether a browser has somewhere to show itself; one for terminals would take ours."""
    return sys.platform == "darwin" or any(own.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
