"""The last conclusion: can the course run here, in which mode, and what to type."""

from __future__ import annotations

from labcheck.doctor.advice.root import may_become_root
from labcheck.doctor.advice.start import REOPEN
from labcheck.doctor.conclusion import Conclusion, State, problem, unseen, warning
from labcheck.doctor.facts.chosen_engine import is_chosen_by_hand
from labcheck.doctor.facts.container import is_possible
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.software import software
from labcheck.doctor.machine import Machine, Mode
from labcheck.document import number
from labcheck.snapshot import Found

NAME = "course"


def summary(machine: Machine, *, blocked: bool) -> Conclusion:
    """The last conclusion; ``blocked`` tells whether something is missing that every mode needs."""
    if blocked or machine.mode is Mode.NONE:
        return _not_at_all(machine, blocked=blocked)
    if machine.mode is Mode.UNSURE:
        says, remedy = (
            "Whether the course can run here could not be seen.",
            "Look again when this machine has less to do:",
        )
        return unseen(NAME, says, remedy, "labcheck doctor")
    if machine.mode is Mode.INSIDE:
        return _good("The course runs here: this is a sandbox.", "To see where you are:", "labcheck")
    return _in_sandbox(machine) if machine.mode is Mode.SANDBOX else _with_engine(machine)


def _good(says: str, remedy: str, command: str) -> Conclusion:
    return Conclusion(NAME, State.GOOD, says, remedy, (command,))


def _in_sandbox(machine: Machine) -> Conclusion:
    if _has_notebooks(machine):
        return _good("The course can run here, in a sandbox with an engine of its own.", "To begin:", "labcheck start")
    says = "The labs can be done here, in a sandbox with an engine of its own; the notebooks need JupyterLab."
    return warning(NAME, says, "To begin without them:", "labcheck sandbox run -- bash")


def _has_notebooks(machine: Machine) -> bool:
    its = machine.get(software, None)
    return its is None or bool(its.jupyterlab)


def _with_engine(machine: Machine) -> Conclusion:
    if is_possible(machine):
        says = "The course can run here, in a container of the Docker engine that you have."
        return _good(says, "To begin; it says first what such a container may do:", "labcheck start")
    images = number(machine.get(engine_info, {}), "Images")
    remedy = "Note that the labs remove images: docker image prune -a removes all images that no container uses"
    remedy += f", and this engine has {images}." if images else "."
    if not _has_notebooks(machine):
        says = (
            "The labs can be done with the engine that is here: type the commands, and labcheck looks at what they did."
        )
        return warning(NAME, says, f"{remedy} To see how a lab stands:", "labcheck check push-and-pull")
    says = "The course can run here, with the Docker engine that you have."
    somebody = machine.get(person, None)
    without = " without sudo" if somebody is not None and somebody.is_behind_sudo else ""
    return warning(NAME, says, f"{remedy} To begin{without}:", "labcheck start --engine host")


def _not_at_all(machine: Machine, *, blocked: bool) -> Conclusion:
    inside = bool(machine.system.sandbox)
    if inside and not (blocked or is_chosen_by_hand(machine) or isinstance(machine[engine_info], Found)):
        return problem(NAME, "The course cannot run here: this is a sandbox, and its engine does not answer.", *REOPEN)
    says, remedy = "The course cannot run here yet.", "Solve the problems above, then look again:"
    if not blocked and not inside:
        says += " One of two things is enough: a sandbox, or an engine that answers."
        remedy = "Solve the problems of one of them, then look again:"
        its = machine.get(software, None)
        if its and machine.system.kind == "linux" and may_become_root(machine):
            return problem(NAME, says, "To see whether root can make a sandbox here:", f"sudo {its.labcheck} doctor")
    return problem(NAME, says, remedy, "labcheck doctor")
