"""The terminal's colours, width and time zone, and whether somebody is there to answer."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, tzinfo

from labcheck.cli.streams import columns
from labcheck.errors import Refused
from labcheck.render import FORMATS
from labcheck.render.printable import lines
from labcheck.render.terminal import render
from labcheck.report import Report


def show(report: Report, form: str = "terminal") -> None:
    """Print the report in this format."""
    text = render(report, colour=colour(), zone=zone()) if form == "terminal" else FORMATS[form](report)
    print(text, end="")


def tell(what: str) -> None:
    """Report progress on standard error."""
    print(*lines(what), sep="\n", file=sys.stderr, flush=True)


def colour() -> bool:
    """Whether colours are wanted: on a terminal, unless ``NO_COLOR`` is set (no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def width() -> int:
    """The terminal's columns, less one that some terminals need; unlimited without a terminal."""
    return columns(10_000) - 1 if sys.stdout.isatty() else 10_000


def zone() -> tzinfo:
    """The reader's time zone."""
    return datetime.now().astimezone().tzinfo or UTC


def agree(question: str, otherwise: str) -> None:
    """Ask for confirmation. Raises :class:`Refused` for a no, and if nobody is there to answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("Nothing was removed: there is no terminal to ask in.", f"To agree beforehand, type {otherwise}")
    if input(f"{question} [y/N] ").strip().lower() not in {"y", "yes"}:
        raise Refused("Nothing was removed.")
