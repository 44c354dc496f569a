"""The cell magic ``%%terminal``: a cell that reads like a terminal, and that fails when a command in it fails.

::

    %%terminal
    docker pull nginx:latest
    docker image prune -a -f

It has its own name because ``%%sh`` and ``%%bash`` exist and behave differently: they pass the rest of the cell to a
command that asks for input, show errors apart from the output, and wait forever. A notebook that forgot ``import
labcheck`` must say so instead of running its commands in another magic of the same name.

- bash runs the cell and stops at the first command that fails; its exit code is named. A failure before a pipe does not
  count, so that a deliberate one can be explained: ``docker push ... 2>&1 | labcheck explain``.
- Standard input is empty, because nobody can answer a question.
- After ``--timeout`` seconds (120) the command is stopped as by Ctrl-C, then killed. The same happens when the cell is
  interrupted. What a finished command left in the background goes on.
- If it fails and labcheck knows the mistake, the failure says what the message means and what to type.
- Output and errors come as they are written, in order, as plain lines. There is no terminal, so Docker draws no
  progress bars and programs send no colours; curl is told to show no progress meter, as in a terminal.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress

from labcheck.errors import NotebookError
from labcheck.mistake import explain
from labcheck.mistake.known import shown_by
from labcheck.notebook import foreground, unanswered
from labcheck.notebook.own_requests import Others
from labcheck.render.explanation import explained

TIMEOUT = 120.0
GRACE = 3.0
"""Seconds between Ctrl-C and the kill."""
PIECE = 65536
MEMORY = 65536
"""How many of the last bytes of the output are kept: they say what went wrong."""
TICK = 0.05
AGAIN = 1.0
"""Seconds between two looks whether a docker run goes on."""
COLUMN = 66
"""The columns of a cell's output while a terminal is open beside the notebook."""
COLOURS = ("FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
"""Variables that a kernel sets so that programs send colours although there is no terminal."""
QUIET_CURL = 'curl() { command curl --no-progress-meter "$@"; }; '


def terminal(line: str, cell: str) -> None:
    """Run the cell's commands as a terminal would: ``%%terminal``, or ``%%terminal --timeout SECONDS``."""
    match line.split():
        case []:
            run(cell)
        case ["--timeout", seconds] if seconds.isdecimal():
            run(cell, timeout=int(seconds))
        case _:
            raise NotebookError(f"%%terminal does not understand {line}.", "It takes: %%terminal --timeout SECONDS")


def run(commands: str, *, timeout: float = TIMEOUT) -> None:
    """Run these commands in bash and write their output to ``sys.stdout``. Raises :class:`NotebookError`."""
    try:
        process = subprocess.Popen(  # noqa: S603 - what the learner typed
            ["bash", "-e", "-c", QUIET_CURL + commands],  # noqa: S607 - the learner's own
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise NotebookError(
            f"bash cannot be started ({error.strerror}).", "Install bash; %%terminal needs it."
        ) from None
    with process:
        is_over, said = False, bytearray()
        try:
            is_over = _relay(process, timeout, said)
        except KeyboardInterrupt:
            raise NotebookError("The command was interrupted.") from None
        finally:
            if not is_over:
                _stop(process)
        if not is_over:
            raise NotebookError(
                f"The command did not end within {timeout:g} s, so it was stopped.",
                "docker run needs -d to run in the background. %%terminal --timeout 600 waits longer.",
            )
        if process.returncode:
            raise NotebookError(_ended(process.returncode), _meaning(said.decode("utf-8", "replace")))
        unanswered.check(commands, said.decode("utf-8", "replace"))


def _relay(process: subprocess.Popen[bytes], timeout: float, said: bytearray) -> bool:
    """Pass on the commands' output until they end; ``False`` if they do not in time. ``said`` gets the end of it.

    A background process may hold the pipe open: then it ends when bash does.
    """
    assert process.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
    pipe = process.stdout.fileno()
    text = codecs.getincrementaldecoder("utf-8")("replace")
    others = Others()
    deadline = time.monotonic() + timeout
    look: float | None = time.monotonic() + foreground.AFTER
    while (left := deadline - time.monotonic()) > 0:
        is_over = process.poll() is not None
        readable, _, _ = select.select([pipe], [], [], 0 if is_over else min(TICK, left))
        if readable:
            piece = os.read(pipe, PIECE)
            said += piece
            del said[:-MEMORY]
            _say(others.passed(text.decode(piece, final=not piece), is_last=not piece))
            if not piece:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(max(0, deadline - time.monotonic()))
                return process.returncode is not None
        elif is_over:
            _say(others.passed(text.decode(b"", final=True), is_last=True))
            return True
        if look and time.monotonic() > look:
            advice = foreground.advice(process.pid, said.decode("utf-8", "replace"))
            _say(advice)
            look = None if advice else look + AGAIN
    return False


def _say(text: str) -> None:
    if text:
        sys.stdout.write(text)
        sys.stdout.flush()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the commands and what they started, gracefully first: docker forwards Ctrl-C to its container."""
    for number, patience in ((signal.SIGINT, GRACE), (signal.SIGKILL, None)):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(patience)


def _ended(code: int) -> str:
    if code < 0:
        return f"The command was ended by the signal {signal.Signals(-code).name}."
    return f"The command failed with exit code {code}."


def _meaning(said: str) -> str:
    """What the message means and what to type, if labcheck knows it."""
    found = explain(said)
    return explained(*found, width=COLUMN, more=shown_by(found[0])) if found else ""


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in COLOURS}
    return own | {"TERM": "dumb", "NO_COLOR": "1"}
