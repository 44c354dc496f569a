"""Play the solution of a lab's step: type its commands, and wait for their effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
import tempfile
from typing import BinaryIO

from labcheck.attempt import Attempt
from labcheck.lab import Step
from labcheck.report import Report
from labcheck.wait import repeat

PATIENCE = 10.0
"""For how many seconds to wait for a step's effect after its commands: a registry needs a moment to answer."""
COMMAND_TIMEOUT = 120.0
TOLD = 1000
"""How many of the last bytes of a failed command's output are shown."""


def failure(command: str, seconds: float = COMMAND_TIMEOUT, *, folder: str | None = None) -> str:
    """Run the command, in this folder or in the current one, and say why it failed; the empty string if it did not.

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
            env=os.environ | {"PATH": _path()},
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


def _path() -> str:
    """The search path, and on it this labcheck, wherever it was called from: a lab's commands may use it."""
    return os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)))


def _end(said: BinaryIO) -> str:
    """The end of a command's output; bytes that are not UTF-8 are escaped."""
    said.seek(max(0, said.seek(0, os.SEEK_END) - TOLD))
    return said.read().decode(errors="backslashreplace").strip()


def settled(attempt: Attempt, step: Step, before: Report) -> Report:
    """The report once the step holds, and of what held ``before`` only what it undoes does not, or when the time is up.

    A container that ends by itself may need a moment for it after the command that makes it end, and a registry that
    was started again needs one until it answers.
    """
    held = {old.id for old in before.steps if old.holds_now}

    def is_settled(report: Report) -> bool:
        fell = {name for name in held | {*step.undoes} if report.step(name).holds_now is False}
        return fell == {*step.undoes} and report.step(step.id).holds_now is True

    return repeat(attempt.look, is_settled, PATIENCE, every=0.1)
