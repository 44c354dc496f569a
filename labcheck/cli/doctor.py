"""The command that examines this machine: is it ready for the course, and if not, what to do."""

from __future__ import annotations

import argparse

from labcheck import doctor
from labcheck.cli.terminal import colour, waiting, width
from labcheck.doctor.page import FORMATS, terminal


def examine(options: argparse.Namespace) -> int:
    """Print what this machine has and lacks; 0 if the course can run here, 3 if that could not be seen."""
    lines = doctor.examine(tell=waiting())
    is_page = options.format == "terminal"
    print(terminal(lines, width=width(), colour=colour()) if is_page else FORMATS[options.format](lines), end="")
    return doctor.exit_code(lines)
