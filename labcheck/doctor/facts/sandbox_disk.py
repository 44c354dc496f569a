"""Whether a sandbox can keep its data in the course's home."""

from __future__ import annotations

from labcheck.doctor.conclusion import Conclusion, problem, warning
from labcheck.doctor.disk_space import MEGA, amount, tight
from labcheck.doctor.facts.disk import course_home, disk
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.sandbox.trouble import ENOUGH

REMOTE = ("nfs", "cifs", "smb", "9p", "fuse", "vboxsf", "overlay", "aufs", "vfat", "exfat", "ecryptfs")
"""Filesystems, or beginnings of their names, on which the kernel's overlay cannot keep an engine's images."""


@rule(Need.SANDBOX)
def sandbox_disk(machine: Machine) -> Conclusion | None:
    """Whether a sandbox can keep its data in the course's home; nothing if all is well."""
    seen, name, home = machine.get(course_home, None), "sandbox's disk", disk(machine)
    if seen is None or (home and home.remedy):
        return None
    if seen.free < ENOUGH:
        says = f"Only {amount(seen.free)} are free in {seen.folder}, and a sandbox needs {ENOUGH // MEGA} MB."
        return problem(name, says, "Free some space there, or set LABCHECK_HOME to a folder on a larger disk.")
    if seen.filesystem.startswith(REMOTE):
        says = f"{seen.folder} is on {seen.filesystem}, where an engine probably cannot keep images."
        return warning(name, says, "Set LABCHECK_HOME to a folder on a local disk (ext4 or xfs).")
    return tight(name, seen)
