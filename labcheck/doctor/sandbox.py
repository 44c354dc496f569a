"""Can a sandbox be made here? Root, programs, the kernel, control groups, and images to fill it with."""

from __future__ import annotations

from labcheck.doctor.installing import install
from labcheck.doctor.root import as_root, may_become_root
from labcheck.doctor.way import good, problem, unseen, warning
from labcheck.observe.machine import Machine
from labcheck.render.doctor import Line
from labcheck.sandbox.programs import PROGRAMS
from labcheck.snapshot import Absent, Found, Unknown

IMAGES = "course images"
ABILITIES = {
    "namespaces": "Root may not make namespaces here.",
    "mounts": "Root may not mount anything here.",
    "firewall": "Root may not use iptables here, and an engine needs it to publish ports.",
    "bridge": "Root may not make a network for containers here.",
}
"""What a trial tells, in its order, and what it means where it did not work."""
HARDENED = "A container or a hardened machine may forbid it: run the course on the machine itself."


def lines(machine: Machine) -> tuple[Line, ...]:
    """Everything that a sandbox needs; one line if all of it is here."""
    if machine.system.kind != "linux":
        return (problem("sandbox", "A sandbox needs Linux.", "Run the course on Linux or in a Linux machine."),)
    checks = (_root(machine), _programs(machine), _kernel(machine), _cgroups(machine))
    found = tuple(line for line in checks if line)
    return (*(found or (good("sandbox", "All that a sandbox needs is here; a trial of it worked."),)), images(machine))


def _root(machine: Machine) -> Line | None:
    person = machine.person
    if isinstance(person, Found) and person.value.is_root:
        return None
    if not isinstance(person, Found):
        return unseen("sandbox", person)
    if may_become_root(machine):
        return problem("sandbox", "Only root can make a sandbox.", "Put sudo before the command.")
    return problem("sandbox", "Only root can make a sandbox.", "Ask the person who looks after this machine.")


def _programs(machine: Machine) -> Line | None:
    seen = machine.programs
    if not isinstance(seen, Found):
        return unseen("sandbox programs", seen)
    # The docker command has a line of its own: nobody can do without it.
    missing = [name for name in PROGRAMS if name not in seen.value | {"docker"}]
    if not missing:
        return None
    are = "is" if len(missing) == 1 else "are"
    remedy = install(machine, missing)
    text = f"No service need run. {remedy.text}" if "dockerd" in missing else remedy.text
    return problem("sandbox programs", f"{listed(missing)} {are} not installed.", text, *remedy.commands)


def _kernel(machine: Machine) -> Line | None:
    seen, name = machine.trial, "sandbox kernel"
    if not isinstance(seen, Found):
        # Without root, or without the program, it says nothing that is not said already.
        return None if _root(machine) or _programs(machine) else unseen(name, seen)
    if seen.value.namespaces and seen.value.mounts and not seen.value.overlay:
        remedy = "Load it, or run the course on another machine:"
        command = as_root(machine, "modprobe overlay")
        return problem(name, "The kernel has no overlay filesystem to keep images on.", remedy, command)
    # Without the program, the trial could not use it.
    has_iptables = isinstance(machine.programs, Found) and "iptables" in machine.programs.value
    tried = ABILITIES if has_iptables else {key: ABILITIES[key] for key in ABILITIES if key != "firewall"}
    lacking = [says for ability, says in tried.items() if not getattr(seen.value, ability)]
    if lacking:
        return problem(name, lacking[0], HARDENED)
    return None


def _cgroups(machine: Machine) -> Line | None:
    seen, name = machine.cgroups, "control groups"
    if isinstance(seen, Unknown):
        return unseen(name, seen)
    if isinstance(seen, Absent):
        return problem(name, "No control groups are mounted, and an engine cannot do without.", HARDENED)
    if not seen.value.writable:
        return problem(name, "Control groups are read-only here, and an engine must make its own.", HARDENED)
    return None


def images(machine: Machine) -> Line:
    """The images that a sandbox is filled with."""
    seen, name = machine.images, IMAGES
    if isinstance(seen, Unknown):
        return unseen(name, seen)
    if isinstance(seen, Found):
        return good(name, f"They are built ({seen.value}).")
    if isinstance(machine.programs, Found) and "apt-get" not in machine.programs.value:
        remedy = "They are built on Debian or Ubuntu; from there they come in a file:"
        commands = "labcheck images save FILE", "labcheck images load FILE"
        return problem(name, "They are not built, and this machine has no apt to build them with.", remedy, *commands)
    remedy = "The first start builds them from this machine's package sources. To do it now:"
    return warning(name, "They are not built yet.", remedy, "labcheck images build")


def listed(names: list[str]) -> str:
    """Some names as they are read aloud."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
