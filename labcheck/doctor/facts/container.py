"""Can the course run in a container of the engine that is here? Where no sandbox can be made, that is how it runs."""

from __future__ import annotations

from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.facts.chosen_engine import chosen
from labcheck.doctor.facts.engine_info import engine_info, is_podman
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.sandbox.container.unfit import OTHERWISE, PODMAN, unfit


@rule()
def container(machine: Machine) -> Conclusion | None:
    """Whether it can, and why not; nothing where it will run otherwise, or not at all."""
    if machine.mode is not Mode.ENGINE:
        return None
    if why := _unfit(machine):
        return warning("container", why, OTHERWISE)
    return good("container", "The course can run in a container of this engine, which needs nothing else here.")


def is_possible(machine: Machine) -> bool:
    """Whether the course would run in such a container."""
    return machine.mode is Mode.ENGINE and not _unfit(machine)


def _unfit(machine: Machine) -> str:
    its = machine.get(chosen, None)
    if not isinstance(its, Endpoint):
        return "It is not known which engine is meant."
    return PODMAN if is_podman(machine) else unfit(machine.get(engine_info, {}), its)
