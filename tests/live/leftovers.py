"""What a sandbox could leave behind on a machine, looked up without its help."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from labcheck.home import home
from labcheck.sandbox.outside.process import Process
from labcheck.wait import repeat

PATIENCE = 60.0
LULL = 0.2
"""Seconds: when nothing changes for so long, nothing is ending any more."""


def wait_for(condition: Callable[[], object], within: float = PATIENCE) -> bool:
    """Wait until the condition holds."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def processes(first: Process) -> set[Process]:
    """Everything that runs in a sandbox, containers included."""
    found = set()
    for pid in {first.pid} | descendants(first.pid):
        with suppress(ProcessLookupError):
            found.add(Process.of(pid))
    return found


def descendants(pid: int) -> set[int]:
    """A process's children, their children, and so on."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def theirs(pid: int) -> set[Process]:
    """What was started by this process, and by what it started."""
    found = set()
    for one in descendants(pid):
        with suppress(ProcessLookupError):
            found.add(Process.of(one))
    return found


def groups(sandbox: str) -> list[Path]:
    """Control groups that carry the sandbox's id."""
    found = []
    for folder, folders, _ in os.walk("/sys/fs/cgroup"):  # which minds no group that goes meanwhile
        found += [Path(folder, name) for name in folders if sandbox in name]
    return found


def rules() -> list[str]:
    """The machine's rules for packets, as far as iptables knows them."""
    told = subprocess.run(["iptables-save"], capture_output=True, text=True, check=False).stdout
    return [line for line in told.splitlines() if not line.startswith("#")]


def machine() -> tuple[object, ...]:
    """Everything else: our descendants, mounts, network devices, temporary files, what is in the course's home."""
    devices = [line.split(":")[0] for line in Path("/proc/net/dev").read_text().splitlines()]
    kept = sorted(path.name for path in home().glob("*/*") if path.parent.name != "images")
    return descendants(os.getpid()), Path("/proc/self/mounts").read_text(), devices, kept


def at_rest() -> tuple[object, ...]:
    """The same, once it stays as it is: what an earlier test killed may just be ending."""

    def twice() -> tuple[tuple[object, ...], tuple[object, ...]]:
        before = machine()
        time.sleep(LULL)
        return before, machine()

    before, now = repeat(twice, lambda seen: seen[0] == seen[1], PATIENCE)
    assert before == now, "this machine is never at rest"
    return now
