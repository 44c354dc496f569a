"""Shows the page in the learner's browser, if there is one, and never as root.

Like Jupyter, it gives the browser a file that redirects to the page: everybody on a machine can read a program's
arguments, and the page's address contains its token. Only the learner may read the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from labcheck.files import PRIVATE, write_whole
from labcheck.owner import behind_sudo, is_root
from labcheck.start.as_learner import as_learner

REDIRECT = ".open-the-course.html"
"""It is among the notebooks because a browser installed as a snap cannot read hidden folders in the home folder."""
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={address}">
<title>The course</title></head><body><p>This page leads to <a href="{address}">the course</a>.</p></body></html>
"""


def show(address: str, folder: Path) -> bool:
    """Open the address in the learner's browser, through a file in this folder of theirs; false if that is impossible.

    It is impossible if there is no browser, or if there is no user but root.
    """
    owner = behind_sudo()
    if (owner is None and is_root()) or not _is_there(os.environ):
        return False
    file = folder / REDIRECT
    try:
        write_whole(file, PAGE.format(address=escape(address)).encode(), mode=PRIVATE, owner=owner)
    except OSError:
        return False
    if sys.platform == "win32":
        return webbrowser.open(file.as_uri())
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
    """Remove the file that leads to the page at the end."""
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / REDIRECT).unlink()


def _is_there(own: Mapping[str, str]) -> bool:
    """Whether there is a display for a browser; a text browser would take over our terminal."""
    return sys.platform in {"darwin", "win32"} or any(own.get(name) for name in DISPLAYS)
