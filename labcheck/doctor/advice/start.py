"""How to start an engine on this system, or to go back to it where another one was chosen."""

from __future__ import annotations

from labcheck.doctor.advice.install import ON_WINDOWS, install
from labcheck.doctor.advice.products import STARTING, start_product
from labcheck.doctor.conclusion import AsRoot, Remedy
from labcheck.doctor.facts.chosen_engine import contexts
from labcheck.doctor.facts.docker_variables import variables
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.machine import Machine
from labcheck.doctor.system import System
from labcheck.observe.engine.endpoint import Endpoint

_BY_ITSELF = "In the course its engine starts again by itself, within seconds."
_BY_HAND = "If not, press Ctrl-C where labcheck start was typed, then open the course again. What you did is kept:"
REOPEN: Remedy = (f"{_BY_ITSELF} {_BY_HAND}", "labcheck start")
"""For the course's own engine, which no service starts."""
FROM_OUTSIDE = "--network host -v /var/run/docker.sock:/var/run/docker.sock"


def start(machine: Machine, endpoint: Endpoint) -> Remedy:
    """How to start the engine at this endpoint."""
    system, here = machine.system, machine.get(programs, frozenset())
    if system.sandbox or not endpoint.socket:
        return restart(machine, endpoint)
    if by_product := start_product(endpoint.socket, system):
        return by_product
    if system.kind != "linux":
        return STARTING["Colima"] if "colima" in here else ("Start Docker Desktop, or install it.",)
    if "dockerd" in here:
        return "Start it:", service(system, "start")
    if system.is_container:
        return "This is a container. It can use the engine outside if it is started with:", FROM_OUTSIDE
    return (ON_WINDOWS,) if system.is_wsl else install(machine, ["dockerd"])


def restart(machine: Machine, endpoint: Endpoint) -> Remedy:
    """How to make an engine answer again that does not."""
    if endpoint.chosen_by:
        return start_the_chosen(machine)
    if machine.system.sandbox:
        return REOPEN
    if machine.system.kind != "linux":
        return ("Restart that engine, then look again.",)
    return "Restart it:", service(machine.system, "restart")


def service(system: System, verb: str) -> AsRoot:
    """Start or restart the service of the system's own engine."""
    return AsRoot(f"systemctl {verb} docker" if system.has_systemd else f"service docker {verb}")


def to_the_usual(machine: Machine) -> str:
    """What to type to have the usual engine again, where another one was chosen."""
    chosen = _chosen(machine)
    return f"unset {' '.join(chosen)}" if chosen else "docker context use default"


def start_the_chosen(machine: Machine) -> Remedy:
    """How to start an engine that somebody chose, or to go back to the usual one."""
    return "Start that engine, or go back to the usual one:", to_the_usual(machine)


def use(machine: Machine, path: str) -> Remedy:
    """How to make the ``docker`` command use the engine at this socket."""
    fits = next((name for name, address in machine.get(contexts, ()) if address == f"unix://{path}"), None)
    if fits is None:
        return "To use it:", f"export DOCKER_HOST=unix://{path}"
    overruled = _chosen(machine)
    unset = (f"unset {' '.join(overruled)}",) if overruled else ()
    return "To use it:", *unset, f"docker context use {fits}"


def _chosen(machine: Machine) -> list[str]:
    """The variables by which an engine was chosen."""
    return [it for it in ("DOCKER_HOST", "DOCKER_CONTEXT") if it in machine.get(variables, ())]
