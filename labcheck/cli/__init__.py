"""``labcheck`` in a terminal: one sub-command a thing to do, one file a group of them.

Exit codes: 0 pass, 1 fail, 2 bad input (one sentence and a remedy, never a traceback), 3 could not look.
A command's file is imported when it is typed, so that each is as quick as what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, cast

from labcheck.cli.parser import parser
from labcheck.errors import LabcheckError
from labcheck.render.printable import lines

if TYPE_CHECKING:
    import argparse

USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``labcheck`` with these arguments (the process's own by default) and exit."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # an ASCII terminal is no error
    try:
        options = parser().parse_args(arguments)
        code = _command(options.run)(options)
        sys.stdout.flush()
    except LabcheckError as error:
        _tell(error)
        code = USAGE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = USAGE
    sys.exit(code)


def _tell(error: LabcheckError) -> None:
    """One sentence, and below it what to do. What a stranger's file put into them is made visible, not obeyed."""
    sentence, *more = lines(str(error))
    remedy = () if str(error).endswith(error.remedy) else lines(error.remedy)
    print(f"labcheck: {sentence}", *more, *remedy, sep="\n  ", file=sys.stderr)


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function ``group.command``, as the parser names it."""
    group, _, command = name.partition(".")
    return cast("Callable[[argparse.Namespace], int]", getattr(import_module(f"labcheck.cli.{group}"), command))
