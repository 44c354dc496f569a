"""JSON as observed: how its fields are read.

A document may have any shape: engine versions differ, fields come and go, and some other program may answer on the
port. So nothing here raises: a field that is missing or has the wrong type reads as empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Document: TypeAlias = Mapping[str, object]
"""A JSON object as observed."""

OBJECT = (dict, Mapping)
"""``dict`` first: checking for ``Mapping`` takes ten times as long, and this check runs all the time."""


def field(document: object, *path: str) -> object:
    """The value at the end of the path, or ``None`` if the path does not exist."""
    for key in path:
        if not isinstance(document, OBJECT):
            return None
        document = document.get(key)
    return document


def text(document: object, *path: str) -> str:
    """The text there, or the empty string."""
    for key in path:  # as ``field``, which would be called for it all the time
        if not isinstance(document, OBJECT):
            return ""
        document = document.get(key)
    return document if isinstance(document, str) else ""


def number(document: object, *path: str) -> int:
    """The integer there, or 0."""
    value = field(document, *path)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def truth(document: object, *path: str) -> bool:
    """Whether ``true`` is there."""
    return field(document, *path) is True


def whole(written: str) -> int | None:
    """The integer written there in plain digits, or ``None``; no number here has more than twenty digits."""
    is_one = written.isascii() and written.isdecimal() and len(written) <= 20  # noqa: PLR2004 - an unsigned 64-bit integer has at most 20
    return int(written) if is_one else None


def mapping(document: object, *path: str) -> Document:
    """The object there, or an empty one."""
    value = field(document, *path)
    return value if isinstance(value, Mapping) else {}


def items(document: object, *path: str) -> list[object]:
    """The list there, or an empty one."""
    value = field(document, *path)
    return list(value) if isinstance(value, list | tuple) else []


def texts(document: object, *path: str) -> tuple[str, ...]:
    """The strings in the list there; anything else is left out."""
    return tuple(value for value in items(document, *path) if isinstance(value, str))
