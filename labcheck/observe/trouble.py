"""Why we could not look. It never leaves this package: at its edge it becomes ``Unknown`` and its reason.

::

    CannotLook          we could not look: ``str(trouble)`` is one sentence in a learner's words
    ├── Unreachable     there is no way to the machine, or no machine of that name
    ├── NobodyThere     the connection was refused
    ├── Broken          the connection was lost before there was an answer; a second try may work
    ├── BrokenOff       the connection was lost in the middle of an answer
    ├── NoTLS           something answered, but not in HTTPS
    ├── Untrusted       something answered in HTTPS, and showed a certificate that is not trusted
    └── Stranger        something answered, but not in HTTP
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from labcheck.snapshot import Unknown

T = TypeVar("T")


class CannotLook(Exception):  # noqa: N818 - named for what it is; it becomes evidence, never a traceback
    """We could not look."""


class Unreachable(CannotLook):
    """There is no way to the machine, or no machine of that name."""


class NobodyThere(CannotLook):
    """The connection was refused."""


class Broken(CannotLook):
    """The connection was lost before there was an answer."""


class BrokenOff(CannotLook):
    """The connection was lost in the middle of an answer."""


class NoTLS(CannotLook):
    """Something answered, but not in HTTPS."""


class Untrusted(CannotLook):
    """The certificate that was shown is not trusted. ``is_early``: by this machine's clock it is not valid yet."""

    def __init__(self, sentence: str, *, is_early: bool = False) -> None:
        super().__init__(sentence)
        self.is_early = is_early


class Stranger(CannotLook):
    """Something answered, but not in HTTP."""


def evidence(job: Callable[[], T]) -> T | Unknown:
    """What the job saw; a job that could not look has seen nothing."""
    try:
        return job()
    except CannotLook as trouble:
        return Unknown(str(trouble))
    except Exception as error:  # noqa: BLE001 - whatever a stranger answered, one query spoils no other's answer
        return Unknown(f"labcheck could not make sense of the answer ({type(error).__name__}).")
