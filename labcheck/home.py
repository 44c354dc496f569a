"""Where the course stores its files: the journal, the engine's data, the image cache.

It is one folder, so that removing it removes everything: ``LABCHECK_HOME`` if that is set, else the XDG default. Under
``sudo`` it is in the home of the user who ran sudo.
"""

from __future__ import annotations

import os
from pathlib import Path

from labcheck.owner import behind_sudo

JOURNAL = "LABCHECK_JOURNAL"
"""Environment variable with the path of the journal. A sandbox in memory sets it: its journal disappears with it."""
FILE = "journal.db"
"""The journal's default file name."""
MARK = "LABCHECK_SANDBOX"
"""Environment variable: the sandbox's id inside a sandbox, unset outside."""


def opening() -> str:
    """The command that opens the course again: the one that was typed, if a wrapper started it for the user."""
    return os.environ.get("LABCHECK_TYPED", "labcheck start")


def home() -> Path:
    """The course's home: ``LABCHECK_HOME``, or ``labcheck`` in the XDG data folder (usually ``~/.local/share``)."""
    if chosen := os.environ.get("LABCHECK_HOME"):
        return Path(chosen).expanduser().absolute()
    owner = behind_sudo()
    if owner is not None:
        return owner.home / ".local/share/labcheck"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "labcheck"


def claimed() -> Path:
    """The home, created if needed; under ``sudo`` it belongs to the user who ran sudo. Raises ``OSError``."""
    place, owner = home(), behind_sudo()
    if owner is not None:
        owner.claim(place)
    else:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def journal() -> Path:
    """The journal's file: ``LABCHECK_JOURNAL``, or ``journal.db`` in the course's home."""
    chosen = os.environ.get(JOURNAL)
    return Path(chosen) if chosen else home() / FILE
