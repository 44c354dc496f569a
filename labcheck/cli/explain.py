"""The command that says what a mistake or a message means."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from typing import TextIO

from labcheck.cli.terminal import tell, width
from labcheck.mistake import LONGEST
from labcheck.mistake import explain as recognised
from labcheck.mistake.known import body, bring, families, named, shown_by, troubles
from labcheck.render import markdown
from labcheck.render.explanation import explained
from labcheck.render.printable import lines, prose
from labcheck.render.wrap import ENDLESS, beside, column, set_off, wrapped

PIECE = 65536
NOTHING = "There is nothing wrong that labcheck knows.\n"


def explain(options: argparse.Namespace) -> int:
    """Print the page of a mistake, or what a message means, or, without either, all mistakes.

    An argument with a space in it is a message; without an argument, the message comes from a pipe. If that is empty,
    the command in it printed nothing, as successful commands do.
    """
    if options.lab:
        from labcheck.lab import load  # noqa: PLC0415 - a message needs no lab

        bring(load(options.lab).slug)
    for trouble in troubles():
        tell(f"labcheck: {prose(f'{trouble.sentence} {trouble.remedy}')}")
    said = " ".join(options.said)
    if said and not any(map(str.isspace, said)):
        page = lines(body(named(said)))
        print("\n".join(markdown.page(page, width()) if sys.stdout.isatty() else page))
        return 0
    if not said and not _is_pipe(sys.stdin):
        _list()
        return 0
    text = said or _passed_on(sys.stdin)
    found = recognised(text)
    print(explained(*found, width(), more=shown_by(found[0])) if found else NOTHING, end="")
    return 0 if found or not text.strip() else 1


def _list() -> None:
    """Print all mistakes, grouped by subject."""
    shown, wide = families(), width(otherwise=ENDLESS)
    start = column((f"  {prose(page.name)}" for _, pages in shown for page in pages), wide)
    for title, pages in shown:
        print(*wrapped(f"{title}:", wide), sep="\n")
        for page in pages:
            print(*beside(f"  {prose(page.name)}", prose(page.summary), start, wide), sep="\n")
        print()
    print(*wrapped("labcheck explain NAME says more. A message is explained through a pipe:", wide), sep="\n")
    print(set_off("docker ... 2>&1 | labcheck explain"))


def _is_pipe(stream: TextIO) -> bool:
    """Whether a command's output may come from there, rather than from a terminal or ``/dev/null``."""
    return not stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)


def _passed_on(pipe: TextIO) -> str:
    """The text from the pipe, echoed as it arrives, so that the command's own output is not lost."""
    pipe.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]  # a letter of another alphabet is no error
    kept, piece = "", ""
    while more := pipe.readline(PIECE):
        piece = more
        print(piece, end="", flush=True)
        kept += piece
        if len(kept) > 2 * LONGEST:
            kept = kept[-LONGEST:]
    if kept:
        print("" if piece.endswith("\n") else "\n")
    return kept
