"""What stands in every text that a pattern matches: where it is missing, the pattern need not be compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]  # the standard library's own reader of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, TypeAlias

FEWEST: Final = 4
"""Fewer letters are in most texts anyway."""
REPEATED: Final = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}

Literals: TypeAlias = tuple[str, ...]
"""Runs of letters, of which every match contains at least one; empty if there are none of some length."""


def literals(pattern: str) -> Literals:
    """The most telling of them."""
    parsed = parser.parse(pattern)
    return () if parsed.state.flags & re.IGNORECASE else _best(parsed)


def _best(items: Iterable[tuple[Any, Any]]) -> Literals:
    return max(_needed(items), key=lambda them: min(map(len, them)), default=())


def _needed(items: Iterable[tuple[Any, Any]]) -> Iterator[Literals]:
    """What must be there, one after the other."""
    run = ""
    for kind, value in (*items, (None, None)):
        if kind is code.LITERAL:
            run += chr(value)
            continue
        if len(run) >= FEWEST:
            yield (run,)
        run = ""
        if kind is code.SUBPATTERN and not value[1] & re.IGNORECASE:
            yield from _needed(value[3])
        elif kind is code.ATOMIC_GROUP:
            yield from _needed(value)
        elif kind in REPEATED and value[0]:
            yield from _needed(value[2])
        elif kind is code.BRANCH and all(each := [_best(it) for it in value[1]]):
            yield tuple(word for them in each for word in them)
