"""Whether an engine may make control groups here, for its containers to live in."""

from __future__ import annotations

import os
from dataclasses import dataclass

from labcheck.doctor.advice.root import is_ordinary
from labcheck.doctor.conclusion import Conclusion, problem, unseen
from labcheck.doctor.facts.sandbox_kernel import HARDENED
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.sandbox.cgroups import hierarchies
from labcheck.snapshot import Absent, Evidence, Found, Unknown


@dataclass(frozen=True, slots=True)
class Cgroups:
    """The version of the control groups, and whether groups can be made."""

    version: int
    writable: bool


@fact()
def cgroups(_: Look) -> Evidence[Cgroups]:
    """The hierarchy that an engine would use; absent where none is mounted."""
    found = hierarchies()
    if not found:
        return Absent()
    first = {mount.kind: mount.place for mount in reversed(found)}
    kind = "cgroup" if "cgroup" in first else "cgroup2"
    return Found(Cgroups(1 if kind == "cgroup" else 2, not os.statvfs(first[kind]).f_flag & os.ST_RDONLY))


@rule(Need.SANDBOX)
def control_groups(machine: Machine) -> Conclusion | None:
    """What keeps an engine from making control groups; nothing if it can, and for a user, whose engine makes none."""
    name = "control groups"
    if machine.system.kind != "linux" or is_ordinary(machine):
        return None
    match machine[cgroups]:
        case Unknown(reason):
            return unseen(name, reason)
        case Absent():
            return problem(name, "No control groups are mounted, and an engine needs them.", HARDENED)
        case Found(Cgroups(writable=False)):
            return problem(name, "Control groups are read-only here, and an engine must make its own.", HARDENED)
    return None
