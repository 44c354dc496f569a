"""Which engine a sandbox has: the same for the life of its data, and shown by the engine's labels."""

from __future__ import annotations

import secrets
import time

import msgspec


class Identity(msgspec.Struct, frozen=True):
    """Which engine this is, and when it was first started (nanoseconds); the same for the life of its data."""

    id: str
    born: int

    @classmethod
    def new(cls) -> Identity:
        """A new engine."""
        return cls(secrets.token_hex(6), time.time_ns())
