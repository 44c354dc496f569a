"""From what was seen to what is said of it: every rule, how the course can run, and what that makes of the rest.

What keeps the course from running at all is a problem. What keeps it from running in one mode, while it runs in
another, is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from labcheck.doctor.advice.root import typed
from labcheck.doctor.conclusion import Conclusion, State, good
from labcheck.doctor.facts.chosen_engine import is_chosen_by_hand
from labcheck.doctor.facts.course_images import images
from labcheck.doctor.facts.endpoint import endpoint
from labcheck.doctor.facts.other_sockets import other_sockets
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.order import RULES
from labcheck.doctor.rule import Need, Rule
from labcheck.doctor.summary import summary

OPEN = frozenset({State.GOOD, State.WARNING})
"""Only what was seen to be well counts: what could not be looked at does not."""


def conclude(machine: Machine) -> tuple[Conclusion, ...]:
    """How a machine stands, the same for the same facts; the last conclusion sums up."""
    needs = {Need.COURSE, Need.ENGINE} if machine.system.sandbox else {Need.COURSE, Need.ENGINE, Need.SANDBOX}
    first = {it: it(machine) for it in RULES if it.need in needs}
    machine = replace(machine, mode=_mode(machine, first.items()))
    drawn = first | {it: it(machine) for it in RULES if it.need is Need.NOTHING}
    told = [told for it in RULES if (said := drawn.get(it)) and (told := _weighed(it, said, machine))]
    blocked = any(said.state is State.PROBLEM for it, said in first.items() if said and it.need is Need.COURSE)
    # There is no need to mend more than what every mode needs, so this alone is told then.
    course = summary(replace(machine, mode=Mode.NONE) if blocked else machine, blocked=blocked)
    return tuple(replace(it, commands=typed(machine, it.commands)) for it in (*told, course))


def _mode(machine: Machine, concluded: Iterable[tuple[Rule, Conclusion | None]]) -> Mode:
    """How the course would run, but for what every mode needs."""
    closed = {it.need for it, said in concluded if said and said.state not in OPEN}
    if machine.system.sandbox:
        return Mode.NONE if Need.ENGINE in closed else Mode.INSIDE
    if Need.SANDBOX not in closed:
        return Mode.SANDBOX
    return Mode.NONE if Need.ENGINE in closed else Mode.ENGINE


def _weighed(rule: Rule, said: Conclusion, machine: Machine) -> Conclusion | None:
    """What the mode makes of a conclusion that it does not depend on."""
    match rule.need, machine.mode:
        case Need.SANDBOX, Mode.ENGINE:
            return _without_a_sandbox(rule, said)
        case Need.ENGINE, Mode.SANDBOX:
            return _without_an_engine(rule, said, machine)
    return said


def _without_a_sandbox(rule: Rule, said: Conclusion) -> Conclusion:
    if rule is images and said.state in {State.WARNING, State.PROBLEM}:
        return good(said.name, f"{said.says} Without a sandbox they are not needed.")
    return _softened(said)


def _without_an_engine(rule: Rule, said: Conclusion, machine: Machine) -> Conclusion | None:
    """That none answers is no trouble, unless somebody has one elsewhere, or chose one."""
    if machine.get(other_sockets, ()) or is_chosen_by_hand(machine):
        return _softened(said)
    if rule is endpoint:
        return None
    if said.state is State.PROBLEM:
        return good(said.name, f"{said.says} A sandbox has an engine of its own.")
    return said


def _softened(said: Conclusion) -> Conclusion:
    return replace(said, state=State.WARNING) if said.state is State.PROBLEM else said
