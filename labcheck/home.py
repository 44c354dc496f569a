"""Where the course keeps its things: the journal, the engine's data, the image cache.

One folder, so that removing it removes everything. It refuses to guess: ``LABCHECK_HOME`` wins, then the XDG default.
"""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The course's home: ``LABCHECK_HOME``, or ``labcheck`` in the XDG data folder (usually ``~/.local/share``)."""
    if chosen := os.environ.get("LABCHECK_HOME"):
        return Path(chosen).expanduser().absolute()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "labcheck"
