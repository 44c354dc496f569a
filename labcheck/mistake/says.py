"""Turns a literal text into a pattern that matches it in linear time."""

from __future__ import annotations

import re
from typing import Final

from labcheck.mistake.page import PLACEHOLDER

WORD: Final = r"\S{1,300}"
"""What ``{name}`` stands for: letters without a space. A gap ends where the text behind it first stands."""
FEWEST: Final = 10
"""Letters that a text must have beside its gaps: less would be found anywhere."""


def pattern(text: str) -> str:
    """The pattern of a text with ``{name}`` in it. Raises :class:`ValueError` with what is wrong with it."""
    first, *rest = re.split(PLACEHOLDER, text.strip())
    gaps = list(zip(rest[::2], rest[1::2], strict=True))
    if len(first) + sum(len(behind) for _, behind in gaps) < FEWEST:
        raise ValueError(f"it needs {FEWEST} letters besides its gaps")
    if len({name for name, _ in gaps}) < len(gaps):
        raise ValueError("each gap needs a name of its own")
    if any(not behind for _, behind in gaps[:-1]):
        raise ValueError("two gaps need something between them")
    return re.escape(first) + "".join(
        # There is no backtracking: once a gap has ended, it stays as it is.
        f"(?>(?P<{name}>{WORD}?){re.escape(behind)})" if behind else f"(?P<{name}>{WORD})"
        for name, behind in gaps
    )
