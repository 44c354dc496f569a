"""Whether this person may use the engine's socket; and if not, who may, and how to become one of them.

It never advises to open the socket to everybody: whoever may use it can do all that root can.
"""

from __future__ import annotations

from labcheck.doctor.advice.products import product
from labcheck.doctor.advice.start import service, to_the_usual
from labcheck.doctor.conclusion import AsRoot, Conclusion, problem
from labcheck.doctor.facts.chosen_engine import chosen
from labcheck.doctor.facts.connection import Attempt, connection
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.facts.person import Person, person
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.snapshot import Found

NAME = "permission"
GROUPS = frozenset({"docker", "root"})
"""Whose sockets are an engine's that is there for more than one person."""


@rule(Need.ENGINE)
def permission(machine: Machine) -> Conclusion | None:
    """Why this person may not use the engine, as far as we can tell; nothing where they may."""
    its, tried = machine.get(chosen, None), machine.get(connection, None)
    if not isinstance(its, Endpoint) or tried is None or tried.attempt is not Attempt.FORBIDDEN:
        return None
    if isinstance(machine[engine_info], Found):
        return None
    says, group = f"You cannot use the engine at {tried.place}", tried.group
    if its.chosen_by and (product(its.socket) or group not in GROUPS):
        says += f", where {its.chosen_by} points. It is probably somebody else's."
        return problem(NAME, says, "To use the usual engine:", to_the_usual(machine))
    somebody = machine.get(person, None)
    if somebody is None or not group or machine.system.kind != "linux" or machine.system.sandbox:
        return problem(NAME, f"{says}.", "Ask the person who looks after this machine.")
    return _to_join(machine, somebody, group, says)


def _to_join(machine: Machine, somebody: Person, group: str, says: str) -> Conclusion:
    """How to join the group that may use the socket."""
    if group in somebody.groups:
        says += f", though you are in its group, {group}."
        return problem(NAME, says, "Perhaps the folder that the socket is in is closed to you.")
    if group in somebody.enrolled:
        says += f" yet: you are in the group {group}, but this session is older than that."
        remedy = "Log out and in again. JupyterLab's server must be restarted, too, not only its kernel."
        return problem(NAME, says, f"{remedy} In this terminal:", f"newgrp {group}")
    if group == "root":
        by_systemd = "systemctl restart docker.socket docker"
        again = by_systemd if machine.system.has_systemd else service(machine.system, "restart")
        commands = ("groupadd -f docker", again, f"usermod -aG docker {somebody.name}")
        remedy = "Let the group docker in, and join it. Then log out and in again:"
        return problem(NAME, f"{says}: only root can.", remedy, *map(AsRoot, commands))
    remedy = "Its members can do all that root can. Join it, then log out and in again:"
    command = AsRoot(f"usermod -aG {group} {somebody.name}")
    return problem(NAME, f"{says}: you are not in the group {group}.", remedy, command)
