"""The control groups of a sandbox's containers: the only thing that does not disappear with the namespaces.

Each sandbox has its own group, named after its id, at the top of each hierarchy (version 1 has several, version 2 one).
Only empty groups of that name are removed; the kernel refuses to remove one in use. The next start removes what a
killed sandbox left, which its record tells; where that has gone with the course's home, the name of the group does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from labcheck.sandbox.proc import Mount, mounts
from labcheck.wait import wait_until

PROCESSES = Path("/proc")
FIRST_NAMESPACE = 0xEFFFFFFC
"""The number of the namespace of processes that sees all others (``PROC_PID_INIT_INO`` of Linux)."""
_NAME = re.compile(r"labcheck-[0-9a-f]{12}")
_THAWED = {"freezer.state": "THAWED", "cgroup.freeze": "0"}


def name(sandbox: str) -> str:
    """The name of a sandbox's group."""
    return f"labcheck-{sandbox}"


def hierarchies() -> tuple[Mount, ...]:
    """Where control groups are mounted: several times in version 1 (``cgroup``), once in version 2 (``cgroup2``)."""
    return tuple(mount for mount in mounts() if mount.kind in {"cgroup", "cgroup2"})


def groups(sandbox: str) -> list[Path]:
    """The sandbox's groups that exist now, one per hierarchy."""
    return [group for top in hierarchies() if (group := top.place / name(sandbox)).is_dir()]


def thaw(sandbox: str) -> None:
    """Resume paused containers: in a frozen group of version 1 even a killed process does not end."""
    for group in groups(sandbox):
        for folder, _, files in os.walk(group):
            for file, state in _THAWED.items():
                if file in files:
                    with suppress(OSError):
                        Path(folder, file).write_text(state, encoding="ascii")


def remove(sandbox: str, within: float) -> bool:
    """Remove the sandbox's groups, innermost first; false if some were still in use when the time was up."""
    return wait_until(lambda: _is_removed(sandbox), within, every=0.005)


def sweep() -> None:
    """Remove the empty groups of sandboxes of which nothing runs any more, whichever home they were of.

    Where engines may run that cannot be seen from here, nothing is removed.
    """
    left = {path.name for top in hierarchies() for path in top.place.glob("labcheck-*") if _NAME.fullmatch(path.name)}
    if left and (PROCESSES / "self/ns/pid").stat().st_ino == FIRST_NAMESPACE:
        for group in left - set(_of_engines()):
            _is_removed(group.removeprefix(name("")))


def _of_engines() -> Iterator[str]:
    """The names of the groups of engines that run: each is started with it."""
    for file in PROCESSES.glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            yield from _NAME.findall(file.read_text(encoding="utf-8", errors="replace"))


def _is_removed(sandbox: str) -> bool:
    for group in groups(sandbox):
        for folder, _, _ in os.walk(group, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()
    return not groups(sandbox)
