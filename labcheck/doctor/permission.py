"""The engine is there, but its socket is closed to this person: who may use it, and how one becomes one of them.

It never advises to open the socket to everybody: whoever may use it can do all that root can.
"""

from __future__ import annotations

from labcheck.doctor.root import as_root
from labcheck.doctor.starting import back
from labcheck.doctor.way import problem
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import Door, Machine, Person
from labcheck.observe.machine.places import name
from labcheck.render.doctor import Line
from labcheck.snapshot import Found

NAME = "permission"


GROUPS = frozenset({"docker", "root"})
"""Whose sockets are an engine's that is there for more than one person."""


def forbidden(machine: Machine, door: Door, chosen: Endpoint) -> Line:
    """Why it is closed, as far as we know who asks and which group is let in."""
    says = f"You may not talk to the engine at {door.place}"
    if chosen.chosen_by and (name(chosen.socket) or door.group not in GROUPS):
        says += f", where {chosen.chosen_by} points. It is probably somebody else's."
        return problem(NAME, says, "To use the usual engine:", *back(machine).commands)
    if not isinstance(machine.person, Found) or not door.group or machine.system.kind != "linux" or machine.sandbox:
        return problem(NAME, f"{says}.", "Ask the person who looks after this machine.")
    person, group = machine.person.value, door.group
    if group in person.groups:
        says += f", though you are in its group, {group}."
        return problem(NAME, says, "The folder that the socket is in may be closed to you.")
    if group in person.enrolled:
        says += f" yet: you are in the group {group}, but this session is older than that."
        remedy = "Log out and in again. JupyterLab's server must be started anew, not only its kernel."
        return problem(NAME, says, f"{remedy} In this terminal:", f"newgrp {group}")
    if group == "root":
        return _only_root(machine, person, says)
    remedy = "Whoever is in it can do all that root can. To join, and then log out and in again:"
    command = as_root(machine, f"usermod -aG {group} {person.name}")
    return problem(NAME, f"{says}: you are not in the group {group}.", remedy, command)


def _only_root(machine: Machine, person: Person, says: str) -> Line:
    restart = "systemctl restart docker.socket docker" if machine.system.has_systemd else "service docker restart"
    commands = ("groupadd -f docker", restart, f"usermod -aG docker {person.name}")
    remedy = "Let the group docker in, and join it. Then log out and in again:"
    return problem(NAME, f"{says}: only root may.", remedy, *(as_root(machine, command) for command in commands))
