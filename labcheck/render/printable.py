r"""Untrusted text, made safe to show.

The names of containers and images are the learner's, and messages are whatever a server sent. In no format may such
text move the cursor, change colours, reverse the reading direction or hide: any character that is not printable appears
as its escape, for instance ``\x1b``. Each format escapes its own markup.
"""

from __future__ import annotations


def prose(text: str) -> str:
    """The text on one line, with white space collapsed."""
    return visible(" ".join(text.split()))


def lines(text: str) -> tuple[str, ...]:
    """The text with its own lines and spaces, for a command or a list."""
    return tuple(visible(line) for line in text.strip("\n").split("\n")) if text.strip() else ()


def sentence(text: str) -> str:
    """The text on one line, ending like a sentence."""
    shown = prose(text)
    return shown if not shown or shown.endswith((".", "!", "?", ":", ")")) else f"{shown}."


def visible(text: str) -> str:
    """The text with all its spaces and with non-printable characters escaped: for a name or a path in a line."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
