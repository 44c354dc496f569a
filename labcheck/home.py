"""Where the course keeps its things: the journal, the engine's data, the image cache.

One folder, so that removing it removes everything. It refuses to guess: ``LABCHECK_HOME`` wins, then the XDG default.
Behind ``sudo`` it is the home of whoever typed it.
"""

from __future__ import annotations

import os
from pathlib import Path

from labcheck.owner import behind_sudo

JOURNAL = "LABCHECK_JOURNAL"
"""Names the journal's file; a sandbox in memory sets it, so that the journal goes with the sandbox."""
FILE = "journal.db"
"""What the journal is called, unless it was named."""
MARK = "LABCHECK_SANDBOX"
"""Set to the sandbox's id inside, and unset outside."""


def opening() -> str:
    """What to type to open the course again: what was typed to open it, where something else did that for a person."""
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
    """The home, made where it is not there; behind ``sudo`` it is theirs who typed it. Raises ``OSError``."""
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
