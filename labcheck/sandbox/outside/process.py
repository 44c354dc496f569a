"""Identifies a process: by now its pid alone may belong to another one.

A pid counts only together with the process's start time, and only in the boot and PID namespace that assigned it. So
nothing here can end, or wait for, the wrong process; and names are not used.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.sandbox.proc import STARTED, STATE, fields
from labcheck.wait import wait_until


class Process(msgspec.Struct, frozen=True):
    """One process, never another that gets its pid later."""

    pid: int
    started: int
    origin: str

    @classmethod
    def of(cls, pid: int) -> Process:
        """The process that has this pid now; raises ``ProcessLookupError`` if there is none."""
        started = _started(pid)
        if started is None:
            raise ProcessLookupError(pid)
        return cls(pid, started, origin())

    @property
    def is_ours_to_judge(self) -> bool:
        """Whether its pid means the same here: inside a sandbox it does not for a process outside."""
        return self.origin == origin() or not self.origin.startswith(_boot())

    @property
    def alive(self) -> bool:
        """Whether it is still running. A zombie is not: the kernel ends its whole namespace before that."""
        return self.origin == origin() and _started(self.pid) == self.started

    @property
    def owner(self) -> int | None:
        """The user it belongs to, or ``None`` if it has ended."""
        try:
            return Path(f"/proc/{self.pid}").stat().st_uid if self.alive else None
        except FileNotFoundError:
            return None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal if it still exists."""
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(self.pid)
            try:
                if self.alive:
                    signal.pidfd_send_signal(handle, number)
            finally:
                os.close(handle)

    def gone(self, within: float) -> bool:
        """Wait until it is gone, at most this many seconds; returns whether it is."""
        return wait_until(lambda: not self.alive, within, every=0.005)


def origin() -> str:
    """The scope of our pids: this boot and our PID namespace."""
    return f"{_boot()} {Path('/proc/self/ns/pid').stat().st_ino}"


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _started(pid: int) -> int | None:
    try:
        told = fields(Path(f"/proc/{pid}"))
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if told[STATE] in "ZX" else int(told[STARTED])
