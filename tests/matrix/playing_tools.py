"""One tool's row of the table: each step is done with it as far as it can, and labcheck looks. Run in a sandbox.

What it cannot do is then done by docker and curl, so that the next step begins where it should. It prints JSON: the
log of the attempt, and for each cell whether the step was really done, what labcheck said, and after which entry.
"""

from __future__ import annotations

import sys
from functools import partial

import msgspec

from labcheck import evidence
from labcheck.attempt import Attempt, opened
from labcheck.lab import Lab
from labcheck.log import Head
from labcheck.report import StepReport
from labcheck.verdict import Outcome
from labcheck.wait import repeat
from tests.live.playing import Shell
from tests.matrix import truth
from tests.matrix.cell import Cell, Row, commands, ten_steps
from tests.matrix.room import engine, room

PATIENCE = 15.0


def cells(tool: str, attempt: Attempt, shell: Shell) -> dict[str, Cell]:
    """Play all steps; what the tool does is judged before what it left undone is done by other means."""
    typed, lab = commands()[tool], attempt.lab
    played: dict[str, Cell] = {}
    attempt.look()
    for step in lab.steps:
        if step.id in typed:
            asked = truth.requests()
            code, printed = shell.types(typed[step.id])
            if step.question and code == 0:
                attempt.answer(step.id, printed.strip()[:1000])
            patience = PATIENCE if code == 0 else 0
            is_done = repeat(partial(truth.done, step.id, printed, asked), bool, patience, every=0.5)
            found = _looked(attempt, step.id, until_passed=is_done)
            words = found.trouble.actual if found.trouble else ""
            log = attempt.journal.log(_head(attempt))
            played[step.id] = Cell(done=is_done, outcome=found.outcome, words=words, entries=len(log.entries))
        if _looked(attempt, step.id, until_passed=False).outcome is not Outcome.PASS:
            _solved(lab, step.id, attempt, shell)
    return played


def _solved(lab: Lab, name: str, attempt: Attempt, shell: Shell) -> None:
    """Do the step by docker and curl."""
    step = lab.step(name)
    shell.types("kill $(cat pid) && rm pid; buildah rm my-registry" if name == "start-registry" else "true")
    if name == "pull-back":
        shell.types("docker rmi localhost:5000/nginx:latest")
    shell.succeeds(*step.commands)
    if step.question:
        attempt.answer(name, "nginx")
    found = _looked(attempt, name, until_passed=True)
    if found.outcome is not Outcome.PASS:
        raise SystemExit(f"{name} does not pass by docker: {found.trouble}")


def _looked(attempt: Attempt, name: str, *, until_passed: bool) -> StepReport:
    """How the step stands, in the end."""

    def seen() -> StepReport:
        return attempt.look().step(name)

    return repeat(seen, lambda it: it.outcome is Outcome.PASS or not until_passed, PATIENCE, every=0.3)


def _head(attempt: Attempt) -> Head:
    head = attempt.journal.current(attempt.lab.slug)
    assert head
    return head


def main(tool: str, store: str, programs: str, packages: str) -> None:
    """Play it, and print the row."""
    with room(store, programs, packages) as shell, opened(ten_steps()) as attempt:
        played = cells(tool, attempt, shell)
        log = msgspec.Raw(evidence.encode(attempt.journal.log(_head(attempt))))
        row = Row(tool, "", engine(attempt, store), played, log)
    sys.stdout.buffer.write(msgspec.json.encode(row))


if __name__ == "__main__":
    main(*sys.argv[1:])
