"""The last line: can the course run here, in which way, and what to type."""

from __future__ import annotations

from labcheck.doctor.sandbox import may_become_root
from labcheck.doctor.way import Way
from labcheck.document import number
from labcheck.observe.machine import Machine
from labcheck.render.doctor import Line, State
from labcheck.snapshot import Found

NAME = "course"


def upshot(machine: Machine, way: Way, *, blocked: bool) -> Line:
    """What all the lines come to; ``blocked`` is whether something is lacking that every way needs."""
    match way:
        case Way.INSIDE:
            return _good("The course runs here: this is a sandbox.", "Where you are:", "labcheck")
        case Way.SANDBOX:
            return _good(
                "The course can run here, in a sandbox with an engine of its own.", "To begin:", "labcheck start"
            )
        case Way.ENGINE:
            return _with_engine(machine)
        case _:
            return _not_at_all(machine, blocked=blocked)


def _good(says: str, remedy: str, command: str) -> Line:
    return Line(NAME, State.GOOD, says, remedy, (command,))


def _with_engine(machine: Machine) -> Line:
    images = number(machine.info.value, "Images") if isinstance(machine.info, Found) else 0
    says = "The labs can be done with the engine that is here: type the commands, and labcheck looks."
    remedy = "Mind that the labs remove images: docker image prune -a removes all that no container uses"
    remedy += f", and this engine has {images}." if images else "."
    if isinstance(machine.person, Found) and not machine.person.value.is_root:
        remedy += " The course in a container of its own, which needs no root, comes later."
    return Line(NAME, State.WARNING, says, f"{remedy} To see how a lab stands:", ("labcheck check push-and-pull",))


def _not_at_all(machine: Machine, *, blocked: bool) -> Line:
    if machine.sandbox:
        says = "The course cannot run here: this is a sandbox, and its engine is not to be had."
        return Line(NAME, State.PROBLEM, says, "Leave it, and start another:", ("exit",))
    says = "The course cannot run here yet."
    if not blocked:
        says += " One of two things is enough: a sandbox, or an engine that answers."
        software = machine.software.value if isinstance(machine.software, Found) else None
        if software and machine.system.kind == "linux" and may_become_root(machine):
            command = f"sudo {software.labcheck} doctor"
            return Line(NAME, State.PROBLEM, says, "To see whether root can make a sandbox here:", (command,))
    return Line(NAME, State.PROBLEM, says, "Mend what is a problem above, then look again:", ("labcheck doctor",))
