"""Which version of the engine's API to use: the newest that both the engine and labcheck know."""

from __future__ import annotations

from typing import Final

from labcheck.cause import EngineTooOld, NotAnEngine
from labcheck.document import text
from labcheck.observe.trouble import CannotLook
from labcheck.version import numbers, written

NEWEST_API: Final = (1, 51)
"""The versions whose JSON labcheck can read; Engine 29 supports the newest of them."""
OLDEST_API: Final = (1, 41)
"""Docker 20.10."""


def spoken(newest: str) -> str:
    """The engine's newest version, if labcheck knows it; else the empty string."""
    number = numbers(newest)
    return written(number) if OLDEST_API <= number <= NEWEST_API else ""


def common(answer: object) -> str:
    """The newest version that labcheck has in common with an engine that reports its versions at ``/version``."""
    newest, oldest = numbers(text(answer, "ApiVersion")), numbers(text(answer, "MinAPIVersion"))
    if not newest:
        raise CannotLook("What answers in place of the Docker engine is not a Docker engine.", NotAnEngine())
    if newest < OLDEST_API:
        raise CannotLook("This Docker engine is too old: labcheck needs Docker 20.10 or newer.", EngineTooOld())
    return written(max(min(newest, NEWEST_API), oldest))
