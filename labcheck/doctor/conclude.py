"""From facts to conclusions: every rule, then in which mode the course can run, and what that changes.

What keeps the course from running at all is a problem. What keeps it from running in one mode, while it runs in
another, is none.
"""

from __future__ import annotations

from collections.abc import Mapping
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

WELL = frozenset({State.GOOD, State.WARNING})
"""Only what was seen to be well counts: what could not be looked at does not."""


def conclude(machine: Machine) -> tuple[Conclusion, ...]:
    """What a machine has and lacks, always the same for the same facts; the last conclusion sums up."""
    needed = {rule: rule(machine) for rule in RULES if rule.need is not Need.NOTHING and _counts(rule, machine)}
    machine = replace(machine, mode=_mode(machine, needed))
    concluded = needed | {rule: rule(machine) for rule in RULES if rule.need is Need.NOTHING}
    lines = [_weighed(rule, said, machine) for rule in RULES if (said := concluded.get(rule))]
    course = summary(machine, blocked=any(_is_problem(needed[rule]) for rule in needed if rule.need is Need.COURSE))
    return tuple(replace(it, commands=typed(machine, it.commands)) for it in (*lines, course) if it)


def _counts(rule: Rule, machine: Machine) -> bool:
    """Whether the rule matters here: nobody makes a sandbox inside a sandbox."""
    return not (rule.need is Need.SANDBOX and machine.system.sandbox)


def _is_problem(said: Conclusion | None) -> bool:
    return said is not None and said.state is State.PROBLEM


def _mode(machine: Machine, needed: Mapping[Rule, Conclusion | None]) -> Mode:
    """How the course would run once that is there which every mode needs: nobody has to mend more than that."""
    lacking = {rule.need for rule, said in needed.items() if said and said.state not in WELL}
    impossible = {rule.need for rule, said in needed.items() if _is_problem(said)}
    if machine.system.sandbox:
        return Mode.NONE if Need.ENGINE in lacking else Mode.INSIDE
    if Need.SANDBOX not in lacking:
        return Mode.SANDBOX
    if Need.ENGINE not in lacking:
        return Mode.ENGINE
    return Mode.NONE if impossible >= {Need.SANDBOX, Need.ENGINE} else Mode.UNSURE


def _weighed(rule: Rule, said: Conclusion, machine: Machine) -> Conclusion | None:
    """The conclusion in this mode: only what the mode needs can be a problem. ``None`` if it is not worth a line."""
    match rule.need, machine.mode:
        case Need.NOTHING, _:
            return _softened(said)
        case Need.SANDBOX | Need.ENGINE, Mode.UNSURE:
            return _softened(said)
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
    """It does not matter that none answers, unless there is one elsewhere, or somebody chose one."""
    if machine.get(other_sockets, ()) or is_chosen_by_hand(machine):
        return _softened(said)
    if rule is endpoint:
        return None
    if said.state is State.PROBLEM:
        return good(said.name, f"{said.says} A sandbox has an engine of its own.")
    return said


def _softened(said: Conclusion) -> Conclusion:
    return replace(said, state=State.WARNING) if said.state is State.PROBLEM else said
