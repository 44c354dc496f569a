"""The page, shown in the learner's browser: where there is one, and never as root.

The browser is given a file that leads to the page, as Jupyter does: everybody on a machine may read what a program was
started with, and the page's address has its token. Only the learner may read the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from labcheck.files import PRIVATE, write_whole
from labcheck.owner import behind_sudo
from labcheck.start.as_learner import as_learner

REDIRECT = ".open-the-course.html"
"""Among the notebooks: a browser that is a snap may read nothing in a hidden folder of somebody's home."""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={address}">
<title>The course</title></head><body><p>This page leads to <a href="{address}">the course</a>.</p></body></html>
"""


def show(address: str, folder: Path) -> bool:
    """Open the address in the learner's browser, by a file in this folder of theirs; false where that cannot be.

    It cannot be where there is no browser, or nobody to show it to but root.
    """
    owner = behind_sudo()
    if (owner is None and os.geteuid() == 0) or not _is_there(os.environ):
        return False
    file = folder / REDIRECT
    try:
        write_whole(file, PAGE.format(address=escape(address)).encode(), mode=PRIVATE, owner=owner)
    except OSError:
        return False
    browser = [sys.executable, "-P", "-m", "webbrowser", file.as_uri()]
    subprocess.Popen(  # noqa: S603 - the learner's browser
        as_learner(browser, owner, os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


@contextmanager
def forgotten(folder: Path) -> Iterator[None]:
    """Remove in the end the file that leads to the page."""
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / REDIRECT).unlink()


def _is_there(own: Mapping[str, str]) -> bool:
    """Whether a browser has somewhere to show itself; one for terminals would take ours."""
    return sys.platform == "darwin" or any(own.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
