"""How a command is typed that only root may give, by this person on this machine."""

from __future__ import annotations

import shlex

from labcheck.observe.machine import Machine
from labcheck.snapshot import Found

MAY_BE_ROOT = frozenset({"sudo", "wheel", "admin"})
"""The groups that sudo listens to, by custom."""


def as_root(machine: Machine, command: str) -> str:
    """The command for whoever types it: as it is for root, behind ``sudo`` where that is, otherwise through ``su``."""
    person, programs = machine.person, machine.programs
    if isinstance(person, Found) and person.value.is_root:
        return command
    if isinstance(programs, Found) and "sudo" not in programs.value:
        return f"su - -c {shlex.quote(command)}"
    return f"sudo {command}"


def may_become_root(machine: Machine) -> bool:
    """Whether this person can probably put sudo before a command."""
    person, programs = machine.person, machine.programs
    return (
        isinstance(person, Found)
        and bool(person.value.groups & MAY_BE_ROOT)
        and isinstance(programs, Found)
        and "sudo" in programs.value
    )
