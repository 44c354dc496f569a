"""A record of each sandbox, so that it can be found, ended and cleaned up later.

One small file per sandbox in the course's home. It is written before the sandbox creates anything that could be left
behind. It says nothing about what the learner does.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from labcheck.files import write_whole
from labcheck.home import home
from labcheck.ready import ready
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.trouble import writing


class Record(msgspec.Struct, frozen=True):
    """One sandbox: who started it, its first process, since when, and where its data is (``None``: in memory)."""

    id: str
    chain: Process
    first: Process
    since: float
    data: str | None = None

    @property
    def alive(self) -> bool:
        """Whether any part of it is still running."""
        return self.first.alive or self.chain.alive

    @property
    def killed(self) -> bool:
        """Whether it was killed and may have left something; inside a sandbox that is unknown of others."""
        return self.chain.is_ours_to_judge and not self.chain.alive

    @property
    def ours(self) -> bool:
        """Whether we may end it: root may end any, and whoever started it."""
        return os.geteuid() == 0 or self.chain.owner in {os.geteuid(), None}

    def write(self) -> None:
        """Write the record, atomically."""
        with writing(folder()):
            folder().mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(_path(self.id), msgspec.json.encode(self))

    def forget(self) -> None:
        """Remove the record."""
        _path(self.id).unlink(missing_ok=True)


def folder() -> Path:
    """Where the records are."""
    return home() / "sandboxes"


def records() -> list[Record]:
    """The records of all sandboxes, the oldest first. Unreadable ones are left out."""
    found = []
    for path in folder().glob("*.json"):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=ready(Record)))
        except (FileNotFoundError, msgspec.DecodeError):
            continue
    return sorted(found, key=lambda record: record.since)


def _path(sandbox: str) -> Path:
    return folder() / f"{sandbox}.json"
