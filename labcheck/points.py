"""Points as numbers: whole, unless a lab shares them out among a step's checks; then with at most two decimals."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

DECIMALS: Final = 2


def exact(points: float) -> float:
    """The points with at most two decimals; a whole number is an integer, so that it is written as one."""
    if isinstance(points, int):
        return points
    rounded = round(points, DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded


@lru_cache(maxsize=1024)
def written(points: float) -> str:
    """The points as they are read: ``6``, ``6.5``."""
    return f"{exact(points)}"


def span(points: float, at_most: float) -> str:
    """The points; where they are not decided, from how many to how many: ``0 to 3``."""
    return written(points) if at_most <= points else f"{written(points)} to {written(at_most)}"
