"""How an engine is started on this very system, or reached again where another one was chosen."""

from __future__ import annotations

from labcheck.doctor.installing import ON_WINDOWS, install
from labcheck.doctor.remedy import Remedy
from labcheck.doctor.root import as_root
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import Machine
from labcheck.observe.machine.places import name
from labcheck.snapshot import Found

PRODUCTS = {
    "Colima": Remedy("Start Colima:", ("colima start",)),
    "Rancher Desktop": Remedy("Start Rancher Desktop, with dockerd as its engine."),
    "OrbStack": Remedy("Start OrbStack:", ("orb start",)),
    "Lima": Remedy("Start Lima's machine:", ("limactl start docker",)),
}
ANEW = Remedy(
    "In the course its engine starts again by itself, within seconds. If not, press Ctrl-C where labcheck start was "
    "typed, then open the course again. What you did is kept:",
    ("labcheck start",),
)
"""For the course's own engine, which no service starts."""
FROM_OUTSIDE = "--network host -v /var/run/docker.sock:/var/run/docker.sock"


def start(machine: Machine, endpoint: Endpoint) -> Remedy:
    """How to have the engine of this endpoint answer."""
    if machine.sandbox or not endpoint.socket:
        return restart(machine, endpoint)
    if product := _product(machine, endpoint.socket):
        return product
    has = machine.programs.value if isinstance(machine.programs, Found) else frozenset()
    system = machine.system
    if system.kind != "linux":
        return PRODUCTS["Colima"] if "colima" in has else Remedy("Start Docker Desktop, or install it.")
    if "dockerd" in has:
        return Remedy("Start it:", (_service(machine, "start"),))
    if system.is_container:
        return Remedy("This is a container. It can use the engine outside if it is started with:", (FROM_OUTSIDE,))
    return Remedy(ON_WINDOWS) if system.is_wsl else install(machine, ["dockerd"])


def restart(machine: Machine, endpoint: Endpoint) -> Remedy:
    """How to have an engine that says nothing answer again."""
    if endpoint.chosen_by:
        return back(machine)
    if machine.sandbox:
        return ANEW
    if machine.system.kind != "linux":
        return Remedy("Restart that engine, then look again.")
    return Remedy("Restart it:", (_service(machine, "restart"),))


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


def _product(machine: Machine, path: str) -> Remedy | None:
    """How a product's own engine is started, for which nobody has to be root."""
    product, system = name(path), machine.system
    if product == "Docker Desktop":
        by = {"darwin": ("open -a Docker",), "linux": ("systemctl --user start docker-desktop",)}
        return Remedy("Start Docker Desktop:", by.get(system.kind, ()))
    if product == "Rootless Docker":
        by_hand = "dockerd-rootless.sh &"
        return Remedy(
            "Start the rootless engine:", ("systemctl --user start docker" if system.has_systemd else by_hand,)
        )
    if product == "Podman":
        return Remedy("Start Podman's socket:", (_podman(machine, path),))
    return PRODUCTS.get(product)


def _podman(machine: Machine, path: str) -> str:
    if "/machine/" in path:
        return "podman machine start"
    of_root = path.startswith("/run/podman/")
    if machine.system.has_systemd:
        return as_root(machine, "systemctl start podman.socket") if of_root else "systemctl --user start podman.socket"
    served = f"podman system service --time=0 unix://{path}"
    return f"{as_root(machine, served) if of_root else served} &"


def _service(machine: Machine, verb: str) -> str:
    if machine.system.has_systemd:
        return as_root(machine, f"systemctl {verb} docker")
    return as_root(machine, f"service docker {verb}")
