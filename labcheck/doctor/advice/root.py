"""How this person, on this machine, runs a command that only root may run."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from labcheck.doctor.conclusion import AsRoot
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.machine import Machine
from labcheck.snapshot import Found

MAY_BE_ROOT = frozenset({"sudo", "wheel", "admin"})
"""The groups that sudo listens to, by custom."""


def typed(machine: Machine, commands: Iterable[str]) -> tuple[str, ...]:
    """The commands as this person has to type them: with ``sudo`` or ``su`` where only root may run them."""
    return tuple(_as_root(machine, it) if isinstance(it, AsRoot) else it for it in commands)


def _as_root(machine: Machine, command: str) -> str:
    match machine[person]:
        case Found(somebody) if somebody.is_root:
            return str(command)
    if "sudo" in machine.get(programs, {"sudo"}):
        return f"sudo {command}"
    return f"su - -c {shlex.quote(command)}"


def is_ordinary(machine: Machine) -> bool:
    """Whether somebody runs this of whom it is known that they are not root."""
    somebody = machine.get(person, None)
    return somebody is not None and not somebody.is_root


def may_become_root(machine: Machine) -> bool:
    """Whether this person can probably put sudo before a command."""
    somebody = machine.get(person, None)
    return somebody is not None and bool(somebody.groups & MAY_BE_ROOT) and "sudo" in machine.get(programs, ())
