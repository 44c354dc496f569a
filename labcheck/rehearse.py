"""Play a lab's own solution in a throwaway sandbox: each step is not done before it, and done after it.

It proves a lab file: that every check can fail, that the solution passes, that the explained wrong answers are
wrong, and that ``undoes`` is exactly true. It plays only in a sandbox of its own; nobody's engine is touched.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from labcheck.attempt import Attempt, opened
from labcheck.errors import LabcheckError, SandboxError
from labcheck.lab import Lab, Step, load
from labcheck.query import EngineInfo
from labcheck.report import Report
from labcheck.sandbox.mirror import COURSE
from labcheck.sandbox.world import run
from labcheck.snapshot import Found

PATIENCE = 10.0
"""Seconds a step's effect may take to show after its commands have ended: a registry needs a moment to answer."""
COMMAND_TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One step, played: what is wrong with it, if anything."""

    step: Step
    problems: tuple[str, ...]
    seconds: float


def rehearse(lab: str) -> int:
    """Rehearse the lab of this name, or in this file, in a sandbox; 0 if it is proved, 1 if not."""
    load(lab)
    return run([sys.executable, "-m", "labcheck.rehearse", lab], source=COURSE)


def play(lab: Lab) -> Iterator[Rehearsed]:
    """Play each step's solution here, and look before and after. Raises :class:`SandboxError` outside a sandbox."""
    with opened(lab) as attempt:
        info = attempt.looked().now(EngineInfo())
        if not isinstance(info, Found) or not info.value.is_course:
            raise SandboxError("A rehearsal plays only in a sandbox of its own.", f"Type labcheck rehearse {lab.slug}.")
        for step in lab.steps:
            began = time.monotonic()
            problems = tuple(_problems(step, attempt))
            yield Rehearsed(step, problems, time.monotonic() - began)


def _problems(step: Step, attempt: Attempt) -> Iterator[str]:
    before = attempt.look()
    if before.step(step.id).done:
        yield "it is done before its solution was played"
    for command in step.commands:
        played = subprocess.run(  # noqa: S603 - the lab's own commands, in a sandbox
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT,
            check=False,
        )
        if played.returncode:
            yield f"{command} failed: {(played.stderr or played.stdout).strip()}"
    yield from _answered(step, attempt)
    after = _settled(step, attempt)
    if not after.step(step.id).done:
        trouble = after.step(step.id).trouble
        yield f"it is not done after its solution: {trouble.title}: {trouble.actual}" if trouble else "it is not done"
    undone = {old.id for old in before.steps if old.holds_now and after.step(old.id).holds_now is False}
    if undone != set(step.undoes):
        yield f"it says that it undoes {sorted(step.undoes)}, but it undoes {sorted(undone)}"


def _answered(step: Step, attempt: Attempt) -> Iterator[str]:
    """Answer the step's question: first wrongly, in each way the lab explains, then rightly."""
    if step.question is None:
        return
    for wrong in step.question.wrong:
        if attempt.answer(step.id, wrong).step(step.id).done:
            yield f"the answer {wrong}, explained as wrong, is right"
            return
    right = step.question.answer.answer(attempt.looked())
    if isinstance(right, Found):
        attempt.answer(step.id, ", ".join(sorted(right.value)))


def _settled(step: Step, attempt: Attempt) -> Report:
    """The report once the step is done, or when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while not (report := attempt.look()).step(step.id).done and time.monotonic() < deadline:
        time.sleep(0.1)
    return report


def main() -> int:
    """Inside the sandbox: play, and tell."""
    lab = load(sys.argv[1])
    failures = 0
    for played in play(lab):
        undoes = f", undoes {', '.join(played.step.undoes)}" if played.step.undoes else ""
        proved = f"not done before, done after{undoes}"
        print(f"{'FAIL' if played.problems else 'ok':5} {played.step.id:16} {played.seconds:5.1f} s  ", end="")
        print("; ".join(played.problems) or proved, flush=True)
        failures += bool(played.problems)
    told = f"{failures} of {len(lab.steps)} steps are wrong" if failures else f"all {len(lab.steps)} steps are proved"
    print(f"{lab.slug}: {told}")
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabcheckError as trouble:
        sys.exit(f"labcheck: {trouble} {trouble.remedy}")
