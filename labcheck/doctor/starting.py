"""How an engine is started on this very system, or reached again where another one was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from labcheck.observe.endpoint import Endpoint
from labcheck.observe.machine import Machine
from labcheck.observe.machine.places import name
from labcheck.snapshot import Found


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do, and what to type."""

    text: str
    commands: tuple[str, ...] = ()


PRODUCTS = {
    "Colima": Remedy("Start Colima:", ("colima start",)),
    "Docker Desktop": Remedy("Start Docker Desktop."),
    "Rancher Desktop": Remedy("Start Rancher Desktop, with dockerd as its engine."),
    "OrbStack": Remedy("Start OrbStack:", ("orb start",)),
    "Lima": Remedy("Start Lima's machine:", ("limactl start docker",)),
    "Podman": Remedy("Start Podman's socket:", ("systemctl --user start podman.socket",)),
    "Rootless Docker": Remedy("Start the rootless engine:", ("systemctl --user start docker",)),
}
ON_WINDOWS = "Start Docker Desktop on Windows, with its WSL integration switched on for this distribution."
INSTALL = "Install Docker Engine (Debian and Ubuntu: sudo apt-get install docker.io), and start it."


def start(machine: Machine, endpoint: Endpoint) -> Remedy:
    """How to have the engine of this endpoint answer."""
    if product := PRODUCTS.get(name(endpoint.socket)):
        return product
    if not endpoint.socket:
        return back(machine)
    has = machine.programs.value if isinstance(machine.programs, Found) else frozenset()
    system = machine.system
    if system.kind != "linux":
        return PRODUCTS["Colima"] if "colima" in has else Remedy("Start Docker Desktop, or install it.")
    if "dockerd" not in has:
        return Remedy(ON_WINDOWS if system.is_wsl else INSTALL)
    return Remedy("Start it:", ("sudo systemctl start docker" if system.has_systemd else "sudo service docker start",))


def back(machine: Machine) -> Remedy:
    """How to have the usual engine again, where another one was chosen."""
    chosen = [it for it in ("DOCKER_HOST", "DOCKER_CONTEXT") if it in machine.variables]
    text = "Start that engine, or go back to the usual one:"
    return Remedy(text, (f"unset {' '.join(chosen)}" if chosen else "docker context use default",))


def choose(machine: Machine, path: str) -> Remedy:
    """How to have the ``docker`` command use the engine at this socket."""
    contexts = machine.contexts.value if isinstance(machine.contexts, Found) else ()
    fits = next((context for context, address in contexts if address == f"unix://{path}"), None)
    overruled = [it for it in ("DOCKER_HOST", "DOCKER_CONTEXT") if it in machine.variables]
    if fits is None:
        return Remedy("To use it:", (f"export DOCKER_HOST=unix://{path}",))
    unset = (f"unset {' '.join(overruled)}",) if overruled else ()
    return Remedy("To use it:", (*unset, f"docker context use {fits}"))
