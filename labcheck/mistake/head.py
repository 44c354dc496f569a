"""The head of a page as its author writes it: YAML between two lines of ``---``."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import msgspec

from labcheck.errors import InvalidPage
from labcheck.lab.tree import Kind, Lines

BAR: Final = "---\n"
PAGE: Final = Kind(
    "page",
    "has an empty head",
    "It must begin with its summary.",
    "A page has one head.",
    "A page says one thing.",
    InvalidPage,
)
LONGEST: Final = 2_000
"""The most characters of a pattern."""
MOST: Final = 20
"""The most texts by which a page that comes with a lab may be recognised."""

Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Names: TypeAlias = tuple[Text, ...] | Text


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"given": "if"}):
    """One explanation of a mistake. ``{name}`` stands for a group of the pattern, or a fact.

    ``why`` is the reason, ``type`` the commands to type as they are, one per line, ``advice`` what to do if no command
    can be given as it is. A case is skipped if something that it mentions, or that ``if`` names, is missing.
    """

    why: Text
    given: Names = ()
    type: str = ""
    advice: str = ""


class Message(Case, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"given": "if"}):
    """A case for a message. It is recognised by a text, or by a pattern; with neither, like the case above it.

    Each line of ``says`` is a text from the message, with ``{name}`` in place of the learner's own words. Each line of
    ``pattern`` is a regular expression, with ``{name}`` in place of a fragment.
    """

    says: str = ""
    pattern: str = ""


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page's head says. ``before`` names the mistakes that are tried only after this one."""

    summary: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    messages: tuple[Message, ...] = ()
    evidence: tuple[Case, ...] = ()
    before: tuple[Text, ...] = ()


class FamilyHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the head of a family's ``README.md`` says: its title, and its place among the families."""

    title: Text
    order: int = 100


def split(text: str, file: str) -> tuple[str, str]:
    """Head and body of a page; the head keeps its line numbers in the file. Raises :class:`InvalidPage`."""
    head, bar, body = text.removeprefix(BAR).partition("\n" + BAR)
    if not text.startswith(BAR) or not bar:
        raise InvalidPage(f"The page {file} has no head.", "It must begin with a head between two lines of ---.")
    return f"\n{head}\n", body.lstrip("\n")


def refused(file: str, lines: Lines, path: tuple[str | int, ...], problem: str, remedy: str) -> InvalidPage:
    """The error for this place of the head."""
    return InvalidPage(f"The page {file}, line {lines.at(path)}: {problem}.", remedy)
