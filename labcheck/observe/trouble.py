"""Why we could not look. It never leaves this package: at the boundary it becomes ``Unknown``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from labcheck.cause import Cause, UnexpectedAnswer
from labcheck.snapshot import Unknown

T = TypeVar("T")


class CannotLook(Exception):  # noqa: N818 - named for what it is; it becomes evidence, never a traceback
    """We could not look: ``str(trouble)`` is one sentence for the learner, its cause says the same to programs."""

    def __init__(self, sentence: str, cause: Cause) -> None:
        super().__init__(sentence)
        self.cause = cause

    @property
    def unknown(self) -> Unknown:
        """The evidence for it."""
        return Unknown(str(self), self.cause)


def evidence(job: Callable[[], T]) -> T | Unknown:
    """The job's result; ``Unknown`` if it could not look."""
    try:
        return job()
    except CannotLook as trouble:
        return trouble.unknown
    except Exception as error:  # noqa: BLE001 - whatever a server answered, one query must not spoil another's answer
        return Unknown(f"labcheck could not make sense of the answer ({type(error).__name__}).", UnexpectedAnswer())
