"""What to do about something: a sentence, and what to type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do, and what to type."""

    text: str
    commands: tuple[str, ...] = ()
