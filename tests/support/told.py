"""A cause tells a program no more than its sentence tells a person."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from labcheck.cause import Cause
from labcheck.snapshot import Unknown


def untold(unknown: Unknown) -> list[str]:
    """What its cause says that does not stand in its sentence."""
    return [value for value in _values(unknown.cause) if value not in unknown.reason]


def _values(cause: Cause) -> Iterator[str]:
    left: list[object] = [{**msgspec.to_builtins(cause), "kind": ""}]
    while left:
        match left.pop():
            case dict(fields):
                left += fields.values()
            case float(number):
                yield f"{number:g}"
            case value:
                yield str(value)
