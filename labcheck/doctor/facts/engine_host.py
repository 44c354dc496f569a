"""Which machine the engine runs on: its ``localhost`` is ours only if it is this one."""

from __future__ import annotations

from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.facts.chosen_engine import NoEndpoint, chosen, host
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.facts.port import PORT
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import rule
from labcheck.document import text
from labcheck.loopback import is_local

VIRTUAL = {"docker-desktop": "Docker Desktop", "colima": "Colima", "lima-": "Lima", "orbstack": "OrbStack"}
"""How the virtual machines of those products are called. They pass published ports on."""


@rule()
def engines_host(machine: Machine) -> Conclusion | None:
    """Whether ``localhost`` is the same for the engine and for us; nothing if no engine answers."""
    info, its_endpoint, name = machine.get(engine_info, None), machine.get(chosen, None), "engine's host"
    if info is None or its_endpoint is None:
        return None
    its, ours = text(info, "Name"), machine.system.hostname
    remote = "" if isinstance(its_endpoint, NoEndpoint) else host(its_endpoint)
    if remote and not is_local(remote) and its != ours:
        says = f"The engine is on {remote}: its localhost:{PORT} is not the one that labcheck and curl reach here."
        return warning(name, says, f"Run labcheck on {remote}, or use an engine of this machine.")
    if product := _virtual(its, text(info, "OperatingSystem")):
        return good(name, f"The engine is in {product}'s virtual machine, which passes published ports on.")
    if its == ours or not its:
        return good(name, "The engine is on this very machine, so localhost is the same for both.")
    if machine.system.is_container:
        says = f"This is a container, and the engine is outside it: localhost:{PORT} is not the same for both."
        return warning(name, says, "Start this container with --network host, or run labcheck outside it.")
    says = f"The engine says that it is on {its}, and this is {ours}: perhaps localhost is not the same for both."
    return warning(name, says, f"If so, run labcheck on {its}.")


def _virtual(its: str, system: str) -> str:
    if "Docker Desktop" in system:
        return "Docker Desktop"
    return next((product for start, product in VIRTUAL.items() if its.startswith(start)), "")
