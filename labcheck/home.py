"""Where the course keeps its things: the journal, the engine's data, the image cache.

One folder, so that removing it removes everything. It refuses to guess: ``LABCHECK_HOME`` wins, then the XDG default.
"""

from __future__ import annotations

import os
from pathlib import Path

JOURNAL = "LABCHECK_JOURNAL"
"""Names the journal's file; a sandbox in memory sets it, so that the journal goes with the sandbox."""


def home() -> Path:
    """The course's home: ``LABCHECK_HOME``, or ``labcheck`` in the XDG data folder (usually ``~/.local/share``)."""
    if chosen := os.environ.get("LABCHECK_HOME"):
        return Path(chosen).expanduser().absolute()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "labcheck"


def journal() -> Path:
    """The journal's file: ``LABCHECK_JOURNAL``, or ``journal.db`` in the course's home."""
    chosen = os.environ.get(JOURNAL)
    return Path(chosen) if chosen else home() / "journal.db"
