"""Lists running sandboxes, and ends them.

It ends only what the course's home has a record of. An engine's data on disk stays: ``storage.py`` removes that.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.home import MARK
from labcheck.sandbox import cgroups
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.places import SOCKET
from labcheck.wait import wait_until

_PATIENCE = 10
"""For how many seconds the kernel may take to end a killed process."""


@dataclass(frozen=True, slots=True)
class Running:
    """One running sandbox: its first process's pid, since when (seconds since 1970), its data (``None``: in memory)."""

    id: str
    pid: int
    since: float
    data: Path | None
    containers: int | None
    """How many containers run in it; ``None`` if its engine did not say."""


def status() -> tuple[Running, ...]:
    """The running sandboxes of this home, the oldest first."""
    return tuple(map(_running, _alive()))


def down() -> tuple[Running, ...]:
    """End all sandboxes of this home; returns which those were. Data on disk stays for the next start.

    Raises ``SandboxError`` inside a sandbox, for those of root without root, or if something would not end.
    """
    refuse_inside_and_of_others("end")
    ended = status()
    known = records()
    for record in known:
        if record.data is not None:
            record.first.send(signal.SIGTERM)  # its command ends, then its engine, writing all its data
    deadline = time.monotonic() + _PATIENCE
    for record in known:
        if record.data is not None:
            record.first.gone(within=max(0.0, deadline - time.monotonic()))
    stuck = [record.id for record in known if not end(record)]
    cgroups.sweep()
    if stuck:
        raise SandboxError(f"These sandboxes would not end: {', '.join(stuck)}.", "Try again, or restart the machine.")
    return ended


def refuse_inside_and_of_others(verb: str) -> None:
    """Refuse to end or remove sandboxes if that cannot work. Raises ``SandboxError``."""
    if os.environ.get(MARK):
        raise SandboxError("This is inside a sandbox, which cannot end itself like this.", "Leave it first: type exit.")
    if not all(record.ours for record in records()):
        raise SandboxError(f"Only root can {verb} a sandbox that root made.", "Put sudo before the command.")


def sweep() -> None:
    """Remove what killed sandboxes left; records of those with data on disk stay for their next start."""
    for record in records():
        if record.killed and (record.data is None or record.first.alive):
            end(record)
    cgroups.sweep()


def tidy(record: Record) -> bool:
    """Remove what the namespaces of an ended sandbox left; false if some of it is still in use."""
    if not (_gone(record) and cgroups.remove(record.id, within=_PATIENCE)):
        return False
    if record.data is None:
        record.forget()
    return True


def end(record: Record) -> bool:
    """End a sandbox immediately and clean up; returns whether nothing is left."""
    record.first.send(signal.SIGKILL)
    record.chain.send(signal.SIGKILL)
    return tidy(record)


def _gone(record: Record) -> bool:
    def is_gone() -> bool:
        if record.first.gone(within=0.05):
            return True
        cgroups.thaw(record.id)
        return False

    return wait_until(is_gone, _PATIENCE)


def _alive() -> list[Record]:
    return [record for record in records() if record.alive]


def _running(record: Record) -> Running:
    data = None if record.data is None else Path(record.data)
    return Running(record.id, record.first.pid, record.since, data, _containers(record.first.pid))


def _containers(pid: int) -> int | None:
    import docker  # noqa: PLC0415 - importing the SDK takes 0.1 s, and only this needs it
    from docker.errors import DockerException  # noqa: PLC0415 - as above

    try:
        engine = docker.APIClient(base_url=f"unix:///proc/{pid}/root{SOCKET}", timeout=_PATIENCE)
        try:
            return int(engine.info()["ContainersRunning"])
        finally:
            engine.close()
    except (DockerException, OSError):
        return None
