"""Whether a private world can be made here: tried, because root in a container is root in name only.

The trial is a few milliseconds in namespaces of its own, in memory; with its last process everything of it is gone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from labcheck.cause import NotInstalled, RootRequired, TimedOut
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

NAMESPACES = ("--mount", "--propagation", "private", "--net", "--uts", "--ipc", "--pid", "--fork", "--kill-child")
SCRIPT = """
echo namespaces
mount -t tmpfs tmpfs /run && mkdir /run/lower /run/upper /run/work /run/view && echo mounts
iptables -t nat -N LABCHECK && echo firewall
"$0" -I -S -c "$1" && echo bridge
mount -t overlay -o lowerdir=/run/lower,upperdir=/run/upper,workdir=/run/work overlay /run/view && echo overlay
"""
BRIDGE = """
from fcntl import ioctl
from socket import AF_INET, SOCK_DGRAM, socket
ioctl(socket(AF_INET, SOCK_DGRAM), 0x89A0, b"labcheck0" + bytes(7))
"""
"""Makes a network bridge, as an engine does for its containers: SIOCBRADDBR, which needs no program."""

HASTE = 0.9


@dataclass(frozen=True, slots=True)
class Trial:
    """What worked when it was tried."""

    namespaces: bool
    mounts: bool
    overlay: bool
    firewall: bool = True
    """Whether addresses can be translated, as published ports need it."""
    bridge: bool = True


@dataclass(frozen=True, slots=True)
class Cgroups:
    """The control groups that containers live in: the version, and whether groups can be made."""

    version: int
    writable: bool


def trial(path: str, deadline: Deadline) -> Trial:
    """Try it; raises :class:`CannotLook` for anybody but root."""
    unshare = shutil.which("unshare", path=path)
    if unshare is None:
        sentence = "The program unshare, which makes namespaces, is not installed here."
        raise CannotLook(sentence, NotInstalled())
    if os.geteuid() != 0:
        raise CannotLook("Only root can try whether a sandbox can be made.", RootRequired())
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            [unshare, *NAMESPACES, "sh", "-c", SCRIPT, sys.executable, BRIDGE],
            env={"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=deadline.left * HASTE,  # before we go, so that nothing of it stays behind
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotLook("The trial of a sandbox did not end in time.", TimedOut(deadline.seconds)) from None
    worked = done.stdout.split()
    return Trial(*(stage in worked for stage in ("namespaces", "mounts", "overlay", "firewall", "bridge")))


def cgroups() -> Evidence[Cgroups]:
    """The hierarchy that an engine would use; absent where none is mounted."""
    rows = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    found = [(where, kind) for _, where, kind, *_ in rows if kind in {"cgroup", "cgroup2"}]
    if not found:
        return Absent()
    first = {kind: where for where, kind in reversed(found)}
    kind = "cgroup" if "cgroup" in first else "cgroup2"
    place = first[kind]
    return Found(Cgroups(1 if kind == "cgroup" else 2, not os.statvfs(place).f_flag & os.ST_RDONLY))
