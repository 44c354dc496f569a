"""The terminal's colours, width and time zone, and whether somebody is there to answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import TextIO

from labcheck.cli import streams
from labcheck.cli.moving import Moving, moves
from labcheck.cli.streams import columns
from labcheck.errors import Refused
from labcheck.render import FORMATS
from labcheck.render.printable import lines
from labcheck.render.terminal import render
from labcheck.render.wrap import WIDTH, wrapped
from labcheck.report import Report

NARROWEST = 20
"""Narrower terminals break our lines by themselves."""


def show(report: Report, form: str = "terminal") -> None:
    """Print the report in this format."""
    text = render(report, width=width(), colour=colour(), zone=zone()) if form == "terminal" else FORMATS[form](report)
    print(text, end="")


def tell(what: str) -> None:
    """Report progress, or what went wrong, on standard error; in a terminal, it is wrapped.

    There, what ends in dots moves until something else is printed.
    """
    rows = lines(what)
    if sys.stderr.isatty():
        rows = tuple(row for line in rows for row in wrapped(line, width(sys.stderr), rest="  "))
    is_going_on = what.endswith("...") and moves()
    for row in rows[:-1] if is_going_on else rows:
        print(row, file=sys.stderr)
    sys.stderr.flush()
    if is_going_on:
        streams.settle()
        moving = Moving(rows[-1], sys.stderr.fileno(), columns(WIDTH, sys.stderr.fileno()), is_whole=len(rows) == 1)
        streams.GOING_ON.append(moving.end)


def waiting() -> Callable[[str], object] | None:
    """Who is told what a look that takes long waits for: somebody at a terminal, and nobody else."""
    return (lambda what: tell(f"labcheck: {what}")) if sys.stderr.isatty() else None


def colour() -> bool:
    """Whether colours are wanted: on a terminal, unless ``NO_COLOR`` is set (no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def width(stream: TextIO | None = None, *, otherwise: int = WIDTH) -> int:
    """How long a line of prose may be: the terminal's columns less one that some terminals need, at most the usual.

    The terminal is the standard output, unless another stream is given; where there is none, it is ``otherwise``.
    """
    stream = stream or sys.stdout
    return max(NARROWEST, min(WIDTH, columns(WIDTH + 1, stream.fileno()) - 1)) if stream.isatty() else otherwise


def zone() -> tzinfo:
    """The reader's time zone."""
    return datetime.now().astimezone().tzinfo or UTC


def agree(question: str, otherwise: str, refused: str = "Nothing was removed") -> None:
    """Ask for confirmation. Raises :class:`Refused` for a no, and if nobody is there to answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(f"{refused}: there is no terminal to ask in.", f"To agree beforehand, type {otherwise}")
    if input(f"{question} [y/N] ").strip().lower() not in {"y", "yes"}:
        raise Refused(f"{refused}.")
