"""The control groups of a sandbox's containers: the only thing that does not disappear with the namespaces.

Each sandbox has its own group, named after its id, at the top of each hierarchy (version 1 has several, version 2 one).
Only empty groups of that name are removed; the kernel refuses to remove one in use.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from labcheck.sandbox.proc import Mount, mounts
from labcheck.wait import wait_until

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


def _is_removed(sandbox: str) -> bool:
    for group in groups(sandbox):
        for folder, _, _ in os.walk(group, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()
    return not groups(sandbox)
