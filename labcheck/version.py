"""Versions as tuples of numbers, so that they can be compared: (1, 41) is older than (1, 50)."""

from __future__ import annotations

from itertools import takewhile

from labcheck.document import whole


def numbers(version: str) -> tuple[int, ...]:
    """The numbers at the start of a version: ``20.10.24+dfsg1`` is (20, 10). Empty if there are none."""
    parts = takewhile(lambda it: it is not None, map(whole, version.split(".")))
    return tuple(it for it in parts if it is not None)


def written(version: tuple[int, ...]) -> str:
    """The version as text."""
    return ".".join(map(str, version))
