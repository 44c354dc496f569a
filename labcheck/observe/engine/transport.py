"""How an engine is reached, whichever way that is: what :mod:`.unix_socket` and :mod:`.sdk` have in common."""

from __future__ import annotations

from typing import Protocol


class Answer(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int:
        """HTTP's number for how it went."""
        ...

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        ...

    def read1(self, most: int = -1, /) -> bytes:
        """What has come of the body, waiting if nothing has; empty at its end."""
        ...

    def close(self) -> None:
        """Read no further."""
        ...


class Transport(Protocol):
    """How an engine is reached. Its questions raise :class:`OSError` (``TimeoutError``) or ``Malformed``."""

    @property
    def can_end(self) -> bool:
        """Whether ``ends`` is understood."""
        ...

    def get(self, target: str, seconds: float, *, ends: bool = False) -> Answer:
        """Ask for this path; each wait takes so many seconds at most.

        ``ends``: say at once that we shall say no more. An engine that goes on telling then stops after what it has.
        """
        ...

    def close(self) -> None:
        """End every connection, also under a thread that waits on it."""
        ...
