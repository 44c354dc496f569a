"""Can a sandbox be made here? Linux, root, programs, the kernel and its control groups."""

from __future__ import annotations

from labcheck.doctor.advice.install import install
from labcheck.doctor.advice.root import may_become_root
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen
from labcheck.doctor.facts.control_groups import control_groups
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.facts.sandbox_kernel import sandbox_kernel
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.sandbox.programs import PROGRAMS
from labcheck.snapshot import Found, Unknown


@rule(Need.SANDBOX)
def sandbox(machine: Machine) -> Conclusion | None:
    """Whether this is Linux, and we are root; and if so, whether everything else is there, too."""
    if machine.system.kind != "linux":
        return problem("sandbox", "A sandbox needs Linux.", "Run the course on Linux or in a Linux machine.")
    if said := _root(machine):
        return said
    if sandbox_programs(machine) or sandbox_kernel(machine) or control_groups(machine):
        return None
    return good("sandbox", "Everything that a sandbox needs is here; making one was tried, and worked.")


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


def _root(machine: Machine) -> Conclusion | None:
    """That we are not root; nothing if we are."""
    match machine[person]:
        case Unknown(reason):
            return unseen("sandbox", reason)
        case Found(somebody) if not somebody.is_root:
            can = may_become_root(machine)
            remedy = "Put sudo before the command." if can else "Ask the person who looks after this machine."
            return problem("sandbox", "Only root can make a sandbox.", remedy)
    return None


def listed(names: list[str]) -> str:
    """Some names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
