"""Which sandboxes run, and the end of all of them.

It ends only what the course's home has a record of, and removes only what sandboxes made.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox import cgroups, mounts
from labcheck.sandbox import data as folders
from labcheck.sandbox.environment import MARK
from labcheck.sandbox.record import Record, records

_PATIENCE = 10
"""Seconds for the kernel to end what was killed."""


@dataclass(frozen=True, slots=True)
class Running:
    """One running sandbox: its first process's pid, since when (seconds since 1970), its data (``None``: in memory)."""

    id: str
    pid: int
    since: float
    data: Path | None
    containers: int | None
    """How many containers run in it; ``None`` if its engine did not say."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What ``down`` ended and removed."""

    ended: tuple[Running, ...]
    folders: tuple[Path, ...]


def status() -> tuple[Running, ...]:
    """The sandboxes of this home that run now, the oldest first."""
    return tuple(map(_running, _alive()))


def down() -> Removed:
    """End all sandboxes of this home and remove what they left, data folders included; the image cache stays.

    Raises ``SandboxError`` inside a sandbox, without root, or if something would not end.
    """
    if os.environ.get(MARK):
        raise SandboxError("This is inside a sandbox, which cannot end itself this way.", "Leave it first: type exit.")
    known = records()
    if known and os.geteuid() != 0:
        raise SandboxError("Only root can end sandboxes.", "Put sudo before the command.")
    ended = status()
    stuck = [record.id for record in known if record.alive and not end(record)]
    if stuck:
        raise SandboxError(f"These sandboxes would not end: {', '.join(stuck)}.", "Try again, or restart the machine.")
    removed = []
    for record in known:
        if record.data is not None and (folder := Path(record.data)).exists():
            folders.remove(folder)
            removed.append(folder)
        cgroups.remove(record.id, within=_PATIENCE)
        record.forget()
    return Removed(ended, tuple(removed))


def sweep() -> None:
    """Remove what killed sandboxes left; those with data on disk stay known, for their next start and for ``down``."""
    for record in records():
        if record.killed and (record.data is None or record.first.alive):
            end(record)


def tidy(record: Record) -> bool:
    """Remove what the namespaces of an ended sandbox left; false if something of it is still in use."""
    if not (_gone(record) and cgroups.remove(record.id, within=_PATIENCE)):
        return False
    if record.data is None:
        record.forget()
    return True


def end(record: Record) -> bool:
    """End a sandbox at once and tidy up; whether nothing is left."""
    record.first.send(signal.SIGKILL)
    record.chain.send(signal.SIGKILL)
    return tidy(record)


def _gone(record: Record) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not record.first.gone(within=0.05):
        cgroups.thaw(record.id)
        if time.monotonic() > deadline:
            return False
    return True


def _alive() -> list[Record]:
    return [record for record in records() if record.alive]


def _running(record: Record) -> Running:
    data = None if record.data is None else Path(record.data)
    return Running(record.id, record.first.pid, record.since, data, _containers(record.first.pid))


def _containers(pid: int) -> int | None:
    import docker  # noqa: PLC0415 - only this asks, and importing the SDK takes a tenth of a second
    from docker.errors import DockerException  # noqa: PLC0415 - as above

    try:
        engine = docker.APIClient(base_url=f"unix:///proc/{pid}/root{mounts.SOCKET}", timeout=_PATIENCE)
        try:
            return int(engine.info()["ContainersRunning"])
        finally:
            engine.close()
    except (DockerException, OSError):
        return None
