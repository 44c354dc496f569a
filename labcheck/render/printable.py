r"""Text that came from outside, made safe to show.

The names of containers and images are the learner's, and messages are whatever a server sent. In none of our
formats may such a text move the cursor, change a colour, turn the reading direction or hide: whatever is not a
printable character appears as its escape, ``\x1b`` for instance. Markup is the business of each format.
"""

from __future__ import annotations


def prose(text: str) -> str:
    """The text on one line, each run of white space a single space."""
    return visible(" ".join(text.split()))


def lines(text: str) -> tuple[str, ...]:
    """The text with its own lines and spaces, as a command or a list needs them."""
    return tuple(visible(line) for line in text.strip("\n").split("\n")) if text.strip() else ()


def sentence(text: str) -> str:
    """The text on one line, ended as a sentence is."""
    shown = prose(text)
    return shown if not shown or shown.endswith((".", "!", "?", ":", ")")) else f"{shown}."


def visible(text: str) -> str:
    """The text with all its spaces, and whatever is not printable as its escape: for a name or a path in a line."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
