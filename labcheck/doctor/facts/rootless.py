"""Can an ordinary user make a sandbox here? User namespaces, and ids that are reserved for them."""

from __future__ import annotations

import os

from labcheck.doctor.advice.root import may_become_root
from labcheck.doctor.conclusion import Conclusion, problem, unseen
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.programs import path
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.errors import SandboxError
from labcheck.sandbox.outside.lacking import OR_ROOT, check
from labcheck.snapshot import Absent, Evidence, Found, Unknown


@fact("The user database")
def rootless(_: Look) -> Evidence[tuple[str, str]]:
    """What this user lacks to make a sandbox, and the remedy; absent where nothing is lacking, and for root."""
    if os.geteuid() == 0:
        return Absent()
    try:
        check(path())
    except SandboxError as error:
        return Found((str(error), error.remedy))
    return Absent()


@rule(Need.SANDBOX)
def sandbox_of_a_user(machine: Machine) -> Conclusion | None:
    """What a user who is not root lacks; nothing if nothing is lacking."""
    name = "sandbox without root"
    if machine.system.kind != "linux" or _is_root(machine):
        return None
    match machine[rootless]:
        case Unknown(reason):
            return unseen(name, reason)
        case Found((sentence, remedy)):
            first, otherwise = remedy.removesuffix(OR_ROOT).strip(), OR_ROOT
            if not may_become_root(machine):
                otherwise = "Who looks after this machine can do that."
            return problem(name, sentence, f"{first} {otherwise}")
    return None


def _is_root(machine: Machine) -> bool:
    somebody = machine.get(person, None)
    return somebody is not None and somebody.is_root
