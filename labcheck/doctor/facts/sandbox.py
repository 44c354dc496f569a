"""Can a sandbox be made here? Linux, programs, the kernel and its control groups."""

from __future__ import annotations

from labcheck.doctor.advice.install import install
from labcheck.doctor.advice.root import is_ordinary
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen
from labcheck.doctor.facts.control_groups import control_groups
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.facts.rootless import sandbox_of_a_user
from labcheck.doctor.facts.sandbox_kernel import sandbox_kernel
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.sandbox.programs import PROGRAMS
from labcheck.snapshot import Found, Unknown


@rule(Need.SANDBOX)
def sandbox(machine: Machine) -> Conclusion | None:
    """Whether this is Linux; and if so, whether everything else is there, too, for root or for an ordinary user."""
    if machine.system.kind != "linux":
        return problem(
            "sandbox", "A sandbox needs Linux.", "Where a Docker engine answers, the course runs in a container of it."
        )
    if said := _nobody(machine):
        return said
    others = (sandbox_programs, sandbox_of_a_user, sandbox_kernel, control_groups)
    if any(other(machine) for other in others):
        return None
    how = " without root" if is_ordinary(machine) else ""
    return good("sandbox", f"Everything that a sandbox{how} needs is here; making one was tried, and worked.")


@rule(Need.SANDBOX)
def sandbox_programs(machine: Machine) -> Conclusion | None:
    """Which programs are not installed; nothing if all are."""
    if machine.system.kind != "linux":
        return None
    name = "sandbox programs"
    match machine[programs]:
        case Unknown(reason):
            return unseen(name, reason)
        case Found(here):
            # The docker command has a line of its own, because every mode needs it.
            missing = [it for it in PROGRAMS if it not in here | {"docker"}]
            if missing:
                one = len(missing) == 1
                remedy, *commands = install(machine, missing)
                if "dockerd" in missing:
                    remedy = f"{'It does not have' if one else 'None of them has'} to run as a service. {remedy}"
                return problem(name, f"{listed(missing)} {'is' if one else 'are'} not installed.", remedy, *commands)
    return None


def _nobody(machine: Machine) -> Conclusion | None:
    """That it is not known who we are; nothing if it is."""
    match machine[person]:
        case Unknown(reason):
            return unseen("sandbox", reason)
    return None


def listed(names: list[str]) -> str:
    """Some names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
