"""Makes a container a machine on which root can make a sandbox: control groups, the learner, a home.

It runs as root, in the container's first process, before anything else; started again, it changes nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from labcheck.sandbox import cgroups
from labcheck.sandbox.container.places import HOME, IMAGES, NAME
from labcheck.sandbox.inside.mounts import mount

_NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND = 2, 4, 8, 32, 4096
_PASSWD, _GROUP = Path("/etc/passwd"), Path("/etc/group")


def prepare(uid: int, gid: int) -> None:
    """Prepare everything for the learner with these ids. Raises ``OSError`` if the container may not do it."""
    _open_control_groups()
    _introduce(uid, gid)
    kept = HOME / ".local/share/labcheck"
    for folder in (HOME, HOME / ".local", HOME / ".local/share", kept):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, uid, gid)
    with suppress(FileExistsError):
        (kept / "images").symlink_to(IMAGES)


def _open_control_groups() -> None:
    """Make the container's control groups writable: Docker mounts them read-only without ``--privileged``."""
    for hierarchy in cgroups.hierarchies():
        mount("", "none", hierarchy.place, _REMOUNT | _BIND | _NOSUID | _NODEV | _NOEXEC)
        if hierarchy.kind == "cgroup2":
            _make_room(hierarchy.place)


def _make_room(top: Path) -> None:
    """Move our processes one group down: in version 2, a group that shares out controllers has no process itself."""
    (top / "labcheck").mkdir(exist_ok=True)
    for process in (top / "cgroup.procs").read_text(encoding="ascii").split():
        with suppress(OSError):  # it has ended
            (top / "labcheck/cgroup.procs").write_text(process, encoding="ascii")
    for controller in (top / "cgroup.controllers").read_text(encoding="ascii").split():
        with suppress(OSError):  # one that cannot be shared out here
            (top / "cgroup.subtree_control").write_text(f"+{controller}", encoding="ascii")


def _introduce(uid: int, gid: int) -> None:
    """Make the learner known in the container; before others with these ids, who own nothing here."""
    for file, line in (
        (_PASSWD, f"{NAME}:x:{uid}:{gid}::{HOME}:/bin/bash\n"),
        (_GROUP, f"{NAME}:x:{gid}:\n"),
    ):
        text = file.read_text(encoding="utf-8")
        if uid and line not in text:
            file.write_text(line + text, encoding="utf-8")
