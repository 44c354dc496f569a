"""The command that stores what a notebook's cells print, as CI compares it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from labcheck.cli.terminal import tell
from labcheck.errors import LabcheckError
from labcheck.home import MARK


def record(options: argparse.Namespace) -> int:
    """Run the notebooks in a throwaway sandbox, each solved, and store their outputs; 2 if one was not recorded.

    One that cannot be recorded does not stop the others.
    """
    if not os.environ.get(MARK):
        from labcheck.sandbox.outside import run  # noqa: PLC0415 - not needed inside
        from labcheck.sandbox.protocol import COURSE  # noqa: PLC0415 - as above

        return run([sys.executable, "-m", "labcheck", "record", *options.notebooks], source=COURSE, tell=tell)
    from labcheck.notebook.record import record as recorded  # noqa: PLC0415 - loads nbclient

    code = 0
    for name in options.notebooks:
        tell(f"Recording {name} ...")
        try:
            recorded(Path(name))
        except LabcheckError as error:
            tell(f"labcheck: {error}\n  {error.remedy}".rstrip())
            code = 2
    return code
