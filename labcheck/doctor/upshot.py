"""The last line: can the course run here, in which way, and what to type."""

from __future__ import annotations

from labcheck.doctor.engine import chosen_by_hand
from labcheck.doctor.root import may_become_root
from labcheck.doctor.starting import ANEW
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
            return _in_sandbox(machine)
        case Way.ENGINE:
            return _with_engine(machine)
        case _:
            return _not_at_all(machine, blocked=blocked)


def _good(says: str, remedy: str, command: str) -> Line:
    return Line(NAME, State.GOOD, says, remedy, (command,))


def _in_sandbox(machine: Machine) -> Line:
    if _has_notebooks(machine):
        return _good("The course can run here, in a sandbox with an engine of its own.", "To begin:", "labcheck start")
    says = "The labs can be done here, in a sandbox with an engine of its own; the notebooks need JupyterLab."
    return Line(NAME, State.WARNING, says, "To begin without them:", ("labcheck sandbox run -- bash",))


def _has_notebooks(machine: Machine) -> bool:
    return not isinstance(machine.software, Found) or bool(machine.software.value.jupyterlab)


def _with_engine(machine: Machine) -> Line:
    images = number(machine.info.value, "Images") if isinstance(machine.info, Found) else 0
    remedy = "Mind that the labs remove images: docker image prune -a removes all that no container uses"
    remedy += f", and this engine has {images}." if images else "."
    if not _has_notebooks(machine):
        says = "The labs can be done with the engine that is here: type the commands, and labcheck looks."
        return Line(NAME, State.WARNING, says, f"{remedy} To see how a lab stands:", ("labcheck check push-and-pull",))
    says = "The course can run here, with the Docker engine that you have."
    without = " without sudo" if isinstance(machine.person, Found) and machine.person.value.is_behind_sudo else ""
    return Line(NAME, State.WARNING, says, f"{remedy} To begin{without}:", ("labcheck start --engine host",))


def _not_at_all(machine: Machine, *, blocked: bool) -> Line:
    if machine.sandbox and not (blocked or chosen_by_hand(machine) or isinstance(machine.info, Found)):
        says = "The course cannot run here: this is a sandbox, and its engine is not to be had."
        return Line(NAME, State.PROBLEM, says, ANEW.text, ANEW.commands)
    says = "The course cannot run here yet."
    if not blocked and not machine.sandbox:
        says += " One of two things is enough: a sandbox, or an engine that answers."
        software = machine.software.value if isinstance(machine.software, Found) else None
        if software and machine.system.kind == "linux" and may_become_root(machine):
            command = f"sudo {software.labcheck} doctor"
            return Line(NAME, State.PROBLEM, says, "To see whether root can make a sandbox here:", (command,))
    return Line(NAME, State.PROBLEM, says, "Mend what is a problem above, then look again:", ("labcheck doctor",))
