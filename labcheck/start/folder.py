"""Where the learner's notebooks go."""

from __future__ import annotations

from pathlib import Path

from labcheck.owner import behind_sudo


def default_folder() -> Path:
    """Where the notebooks go by default: the same for every start, in whichever folder it is typed."""
    owner = behind_sudo()
    return (Path.home() if owner is None else owner.home) / "labcheck-course"
