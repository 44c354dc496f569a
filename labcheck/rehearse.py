"""Play a lab's own solution in a throwaway sandbox: each step must not be done before its solution, and done after it.

It proves a lab file: that every check can fail, that the solution passes, that the explained wrong answers are
wrong, and that ``undoes`` is exactly true. It plays only in a sandbox of its own and touches no other engine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from labcheck.attempt import Attempt, opened
from labcheck.errors import SandboxError
from labcheck.home import journal
from labcheck.lab import Lab, Step
from labcheck.report import Report
from labcheck.sandbox.outside.sandbox import run
from labcheck.sandbox.places import JOURNAL
from labcheck.sandbox.protocol import COURSE
from labcheck.snapshot import Found
from labcheck.wait import repeat

PATIENCE = 10.0
"""For how many seconds to wait for a step's effect after its commands: a registry needs a moment to answer."""
COMMAND_TIMEOUT = 120.0
FEW = 5
"""How many values of a likely wrong answer are given; one such as "only the beginning" has many."""
TOLD = 1000
"""How many of the last bytes of a failed command's output are shown."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A step that was played: what is wrong with it, if anything."""

    step: Step
    problems: tuple[str, ...]
    seconds: float


def rehearse(lab: Lab) -> int:
    """Rehearse the lab in a sandbox, with ``labcheck rehearse --here``; 0 if it passes, 1 if not."""
    return run([sys.executable, "-m", "labcheck", "rehearse", "--here", lab.slug], source=COURSE)


def play(lab: Lab) -> Iterator[Rehearsed]:
    """Play each step's solution here, and look before and after.

    Raises :class:`SandboxError` unless in a throwaway sandbox: a rehearsal must not end up in anyone's journal.
    """
    with opened(lab) as attempt:
        info = attempt.observer.observe(()).info
        if journal() != JOURNAL or not isinstance(info, Found) or not info.value.is_course:
            raise SandboxError(
                "A rehearsal plays only in a sandbox of its own.", f"Type labcheck rehearse {lab.typed}."
            )
        attempt.look()  # from here on, the lab is as this attempt draws it
        # What a solution writes beside the notebook must not end up in anyone's folder.
        with tempfile.TemporaryDirectory() as folder:
            for step in attempt.lab.steps:
                began = time.monotonic()
                problems = tuple(_problems(step, attempt, folder))
                yield Rehearsed(step, problems, time.monotonic() - began)


def failure(command: str, seconds: float = COMMAND_TIMEOUT, *, folder: str | None = None) -> str:
    """Run the command, and say why it failed; the empty string if it did not.

    The command and the processes it started are killed after so many seconds. Background processes that it leaves
    behind stay and are not waited for; so output goes to files, because a pipe stays open as long as anyone has it
    open.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        played = subprocess.Popen(  # noqa: S603 - the lab's own commands, in a sandbox
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            start_new_session=True,
        )
        try:
            code = played.wait(seconds)
        except subprocess.TimeoutExpired:
            return f"{command} did not end within {seconds:g} s"
        finally:
            if played.returncode is None:
                os.killpg(played.pid, signal.SIGKILL)
                played.wait()
        return f"{command} failed: {_end(err) or _end(out) or f'exit code {code}'}" if code else ""


def _end(said: BinaryIO) -> str:
    """The end of a command's output; bytes that are not UTF-8 are escaped."""
    said.seek(max(0, said.seek(0, os.SEEK_END) - TOLD))
    return said.read().decode(errors="backslashreplace").strip()


def _problems(step: Step, attempt: Attempt, folder: str) -> Iterator[str]:
    before = attempt.look()
    if before.step(step.id).done:
        yield "it was done before its solution was played"
    failed = [*filter(None, (failure(command, folder=folder) for command in step.commands))]
    yield from failed
    yield from _answered(step, attempt)
    after = attempt.look() if failed else _settled(step, attempt)
    if not after.step(step.id).done:
        trouble = after.step(step.id).trouble
        yield f"it is not done after its solution: {trouble.title}: {trouble.actual}" if trouble else "it is not done"
    undone = {old.id for old in before.steps if old.holds_now and after.step(old.id).holds_now is False}
    if undone != set(step.undoes):
        yield f"it says that it undoes {sorted(step.undoes)}, but it undoes {sorted(undone)}"


def _answered(step: Step, attempt: Attempt) -> Iterator[str]:
    """Answer the step's question: first with each wrong answer that the lab explains, then with the right one."""
    if step.question is None:
        return
    past = attempt.looked().past
    mistaken = step.question.answer.mistaken(past)
    for wrong in step.question.wrong:
        for value in sorted(mistaken.get(wrong, {wrong}))[:FEW]:
            if attempt.answer(step.id, value).step(step.id).done:
                yield f"the answer {value}, explained as wrong, is right"
                return
    right = step.question.answer.answer(past)
    if isinstance(right, Found):
        attempt.answer(step.id, ", ".join(sorted(right.value)))


def _settled(step: Step, attempt: Attempt) -> Report:
    """The report once the step is done, or when the time is up."""
    return repeat(attempt.look, lambda report: report.step(step.id).done, PATIENCE, every=0.1)
