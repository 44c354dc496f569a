"""Which version of the engine's API is spoken: the newest that the engine and we both know."""

from __future__ import annotations

from typing import Final

from labcheck.cause import EngineTooOld, NotAnEngine
from labcheck.document import text
from labcheck.observe.trouble import CannotLook
from labcheck.version import numbers, written

NEWEST_API: Final = (1, 51)
"""What we read the shapes of; Engine 29 speaks it, too."""
OLDEST_API: Final = (1, 41)
"""Docker 20.10."""


def spoken(newest: str) -> str:
    """The engine's newest version, if we know it, too; else the empty string."""
    number = numbers(newest)
    return written(number) if OLDEST_API <= number <= NEWEST_API else ""


def common(answer: object) -> str:
    """The version that an engine has in common with us which says at ``/version`` what it speaks."""
    newest, oldest = numbers(text(answer, "ApiVersion")), numbers(text(answer, "MinAPIVersion"))
    if not newest:
        raise CannotLook("What answers in the place of the Docker engine is none.", NotAnEngine())
    if newest < OLDEST_API:
        raise CannotLook("This Docker engine is too old: labcheck needs Docker 20.10 or newer.", EngineTooOld())
    return written(max(min(newest, NEWEST_API), oldest))
