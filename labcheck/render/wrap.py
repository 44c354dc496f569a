"""Prose for a terminal of any width: it is wrapped between words, and nothing that is typed or copied is broken.

A line has at most 100 columns, because longer ones are hard to read, and fewer in a narrower terminal.
Commands, and words that are longer than a line (paths, digests), stay whole.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

WIDTH = 100
"""The longest line; also the width where there is no terminal."""
ENDLESS = 10_000
"""So wide that each entry of a list is one line, for other programs."""
CUT = " ..."
TOGETHER = "\N{NO-BREAK SPACE}"


def wrapped(text: str, width: int = WIDTH, *, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of this width: the first one after ``first``, the others after ``rest``.

    A command that is set off by four spaces stays whole.
    """
    if text.startswith("    "):
        return [first + text]
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def bounded(text: str, lines: int, width: int = WIDTH) -> tuple[str, int]:
    """The text, cut if it needs more than ``lines`` lines of this width; and how many it needs.

    No text of ours does: this limits what others wrote. It is the same in every terminal: a narrow one hides nothing.
    """
    if lines < 1 or not text:
        return "", 0
    rows = textwrap.wrap(text, max(width, len(CUT)), max_lines=lines, placeholder=CUT, break_on_hyphens=False)
    return " ".join(rows) if rows and rows[-1].endswith(CUT.strip()) else text, len(rows)


def beside(label: str, text: str, column: int, width: int = WIDTH) -> list[str]:
    """The label, and the text in a column of its own; beside a label too long for that it begins further right."""
    return wrapped(text, width, first=f"{label:{column - 2}}  ", rest=" " * column) or [label.rstrip()]


def column(labels: Iterable[str], width: int = WIDTH) -> int:
    """Where the texts beside these labels begin: after the longest that leaves them half of the width."""
    return max((len(label) + 2 for label in labels if len(label) + 2 <= max(width // 2, 1)), default=2)


def parts(words: Iterable[str], width: int = WIDTH, *, rest: str = "") -> list[str]:
    """Words in one line, two spaces apart; if they do not fit, it continues after ``rest``, between two of them."""
    return apart(wrapped("  ".join(map(together, words)), width, rest=rest))


def together(text: str) -> str:
    """The text as one word, until :func:`apart`."""
    return text.replace(" ", TOGETHER)


def apart(rows: Iterable[str]) -> list[str]:
    """The lines with their spaces again."""
    return [row.replace(TOGETHER, " ") for row in rows]


def set_off(command: str) -> str:
    """The command, set off from the prose; one of several lines stays at the margin, as a here-document requires."""
    return command if "\n" in command else f"    {command}"
