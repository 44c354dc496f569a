"""The engine that the ``docker`` command talks to: which one it is, and whether it answers this person."""

from __future__ import annotations

from labcheck.cause import CertificatesNotFound
from labcheck.doctor.permission import forbidden
from labcheck.doctor.starting import ANEW, back, choose, restart, start
from labcheck.doctor.way import good, problem, unseen, warning
from labcheck.document import text, texts
from labcheck.engine import Info
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import Knock, Machine, Nowhere
from labcheck.observe.machine.places import name
from labcheck.render.doctor import Line
from labcheck.snapshot import Absent, Found, Unknown

OVER_SSH = "Over SSH labcheck needs the package paramiko, and a key that asks for no password."


def lines(machine: Machine) -> tuple[Line, ...]:
    """The endpoint, and the engine behind it."""
    chosen = machine.endpoint
    if not isinstance(chosen, Found):
        return (unseen("endpoint", chosen),)
    if isinstance(chosen.value, Nowhere):
        return (_nowhere(machine, chosen.value),)
    return (_endpoint(machine, chosen.value), _answer(machine, chosen.value))


def chosen_by_hand(machine: Machine) -> bool:
    """Whether somebody chose an engine that is not the usual one."""
    chosen = machine.endpoint.value if isinstance(machine.endpoint, Found) else None
    return isinstance(chosen, Nowhere) or (chosen is not None and bool(chosen.chosen_by))


def _nowhere(machine: Machine, seen: Nowhere) -> Line:
    if isinstance(seen.cause, CertificatesNotFound):
        return problem("endpoint", seen.reason, "Without them:", "unset DOCKER_CERT_PATH DOCKER_TLS_VERIFY")
    return problem("endpoint", seen.reason, "To use the usual engine:", *back(machine).commands)


def _endpoint(machine: Machine, chosen: Endpoint) -> Line:
    product = name(chosen.socket)
    where = chosen.place + (f" ({product})" if product else "")
    if machine.sandbox and isinstance(machine.info, Found) and Info(machine.info.value).identity != machine.sandbox:
        says = f"This is a sandbox, but docker talks to another engine, at {where}."
        if not chosen.chosen_by and "DOCKER_HOST" not in machine.variables:
            return warning("endpoint", says, ANEW.text, *ANEW.commands)
        return warning("endpoint", says, "To use the sandbox's own:", *back(machine).commands)
    if {"DOCKER_HOST", "DOCKER_CONTEXT"} <= machine.variables:
        says = f"DOCKER_HOST and DOCKER_CONTEXT are both set. DOCKER_HOST wins: {where}."
        return warning("endpoint", says, "So that only one speaks:", "unset DOCKER_CONTEXT")
    who = f"where {chosen.chosen_by} points" if chosen.chosen_by else "the usual place"
    return good("endpoint", f"docker talks to {where}, {who}.")


def _answer(machine: Machine, chosen: Endpoint) -> Line:
    door, info = machine.door, machine.info
    if isinstance(info, Found):
        return _answers(machine)
    if isinstance(door, Found) and door.value.knock is Knock.FORBIDDEN:
        return forbidden(machine, door.value, chosen)
    if isinstance(door, Found) and door.value.knock is not Knock.OPEN:
        return _silent(machine, chosen)
    if isinstance(door, Unknown):
        remedy = restart(machine, chosen)
        return unseen("engine", door, remedy.text, *remedy.commands)
    if isinstance(door, Absent):
        return unseen("engine", info, OVER_SSH)
    remedy = restart(machine, chosen)
    return unseen("engine", info, remedy.text, *remedy.commands)


def _answers(machine: Machine) -> Line:
    if is_podman(machine):
        says = "Podman answers in Docker's place. It asks every registry for HTTPS, also one at localhost."
        remedy = "Use a Docker engine, or allow the registry in /etc/containers/registries.conf (insecure = true)."
        return warning("engine", says, remedy)
    info = machine.info.value if isinstance(machine.info, Found) else {}
    if (kind := text(info, "OSType")) not in {"linux", ""}:
        remedy = "Switch to Linux containers, in Docker Desktop's menu."
        says = f"This engine runs {kind.capitalize()} containers; the course's are for Linux."
        return problem("engine", says, remedy)
    rootless = any("rootless" in row for row in texts(info, "SecurityOptions"))
    return good("engine", f"Docker {text(info, 'ServerVersion')} answers{', without root' if rootless else ''}.")


def is_podman(machine: Machine) -> bool:
    """Whether Podman speaks Docker's API there."""
    version = machine.version.value if isinstance(machine.version, Found) else {}
    return "Podman" in str(version.get("Components", ""))


def _silent(machine: Machine, chosen: Endpoint) -> Line:
    says = f"Nothing answers at {chosen}."
    others = machine.places.value if isinstance(machine.places, Found) else ()
    others = tuple(place for place in others if place.path != chosen.socket)
    if others:
        first = others[0]
        remedy = choose(machine, first.path)
        return problem(
            "engine", f"{says} {first.name or 'An engine'} listens at {first.path}.", remedy.text, *remedy.commands
        )
    remedy = back(machine) if chosen.chosen_by and not name(chosen.socket) else start(machine, chosen)
    return problem("engine", says, remedy.text, *remedy.commands)
