"""Which version of the engine's API is spoken: the newest that the engine and we both know."""

from __future__ import annotations

from typing import Final

from labcheck.cause import EngineTooOld, NotAnEngine
from labcheck.document import text, whole
from labcheck.observe.trouble import CannotLook

NEWEST_API: Final = (1, 51)
"""What we read the shapes of; Engine 29 speaks it, too."""
OLDEST_API: Final = (1, 41)
"""Docker 20.10."""


def spoken(newest: str) -> str:
    """The engine's newest version, if we know it, too; else the empty string."""
    number = _number(newest)
    return ".".join(map(str, number)) if OLDEST_API <= number <= NEWEST_API else ""


def common(answer: object) -> str:
    """The version that an engine has in common with us which says at ``/version`` what it speaks."""
    newest, oldest = _number(text(answer, "ApiVersion")), _number(text(answer, "MinAPIVersion"))
    if not newest:
        raise CannotLook("What answers in the place of the Docker engine is none.", NotAnEngine())
    if newest < OLDEST_API:
        raise CannotLook("This Docker engine is too old: labcheck needs Docker 20.10 or newer.", EngineTooOld())
    return ".".join(map(str, max(min(newest, NEWEST_API), oldest)))


def _number(version: str) -> tuple[int, ...]:
    parts = [whole(part) for part in version.split(".")]
    return () if None in parts else tuple(part or 0 for part in parts)
