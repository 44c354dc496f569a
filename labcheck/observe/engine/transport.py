"""How an engine is reached: what :mod:`.unix_socket` and :mod:`.sdk` have in common."""

from __future__ import annotations

from typing import Protocol


class Answer(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        ...

    def read1(self, most: int = -1, /) -> bytes:
        """What has arrived of the body, waiting if nothing has; empty at its end."""
        ...

    def close(self) -> None:
        """Stop reading."""
        ...


class Transport(Protocol):
    """How an engine is reached. Requests raise :class:`OSError` (``TimeoutError``) or ``Malformed``."""

    @property
    def can_end(self) -> bool:
        """Whether ``ends`` is supported."""
        ...

    def get(self, target: str, seconds: float, *, ends: bool = False) -> Answer:
        """Request this path; each wait takes at most the given number of seconds.

        ``ends``: shut down our side of the connection immediately, so that a streaming engine stops after what it has.
        """
        ...

    def close(self) -> None:
        """Close every connection, even if a thread is waiting on it."""
        ...
