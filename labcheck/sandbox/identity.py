"""Which engine a sandbox has: constant as long as its data exists, and shown by the engine's labels."""

from __future__ import annotations

import secrets
import time

import msgspec


class Identity(msgspec.Struct, frozen=True):
    """Which engine this is, and when it was first started (nanoseconds); constant as long as its data exists."""

    id: str
    born: int

    @classmethod
    def new(cls) -> Identity:
        """The identity of a new engine."""
        return cls(secrets.token_hex(6), time.time_ns())
