"""The ``labcheck`` command: one sub-command for each task, one file for each group of them.

Exit codes: 0 pass, 1 fail, 2 bad input (one sentence and a remedy, never a traceback), 3 could not look.
A command's file is imported only when it is run, so that each command pays only for what it needs.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, cast

from labcheck.cli import streams
from labcheck.cli.parser import parser
from labcheck.errors import LabcheckError, OutputError, ReaderEndedError
from labcheck.render.printable import lines

if TYPE_CHECKING:
    import argparse

USAGE = 2
INTERRUPTED = 130
READER_ENDED = 141
"""The exit code shells use for a program that wrote to a closed pipe."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``labcheck`` with these arguments (the process's own by default) and exit."""
    gc.disable()
    # A final garbage collection before exit would take a sixth of a cold check, for nothing.
    atexit.register(gc.freeze)
    try:
        streams.prepare()
        code = _run(arguments)
    except LabcheckError as error:
        code = _refused(error)
    streams.settle()
    try:
        sys.stdout.flush()
    except OutputError as error:
        code = _refused(error)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command and return its exit code."""
    try:
        typed = sys.argv[1:] if arguments is None else arguments
        options = parser(typed).parse_args(typed)
        run = _command(options.run)
        # So far there is no garbage: looking for it would take a tenth of a cold check.
        gc.freeze()
        gc.enable()
        return run(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:  # argparse has printed its message
        return end.code if isinstance(end.code, int) else USAGE
    finally:
        gc.enable()


def _refused(error: LabcheckError) -> int:
    """One sentence, and below it what to do. Control characters from untrusted files are escaped."""
    if isinstance(error, ReaderEndedError):
        return READER_ENDED
    sentence, *more = lines(str(error))
    remedy = () if str(error).endswith(error.remedy) else lines(error.remedy)
    with suppress(OutputError):  # if it cannot be printed, the exit code says it
        from labcheck.cli.terminal import tell  # noqa: PLC0415 - only what goes wrong needs it

        tell("\n  ".join((f"labcheck: {sentence}", *more, *remedy)))
    return USAGE


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function ``group.command``, as the parser names it."""
    group, _, command = name.partition(".")
    return cast("Callable[[argparse.Namespace], int]", getattr(import_module(f"labcheck.cli.{group}"), command))
