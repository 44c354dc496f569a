"""The seed of an attempt: what its lab draws for this learner, it draws from the seed, the same wherever it is drawn.

A new attempt begins with a new seed, unless ``LABCHECK_SEED`` gives one: so CI and authors see the same values again.
"""

from __future__ import annotations

import os

from labcheck.digest import hexadecimal

SEED = "LABCHECK_SEED"
"""Environment variable: the seed of every attempt that begins; without it, each attempt gets one of its own."""
LONGEST = 100


def given() -> str:
    """The seed that the environment gives; empty without one."""
    return os.fsencode(os.environ.get(SEED, "")).decode("ascii", "backslashreplace")[:LONGEST]


def fresh() -> str:
    """The seed of an attempt that begins now."""
    return given() or os.urandom(8).hex()


def draw(seed: str, name: str, count: int) -> int:
    """A number from 0 up to but not including ``count``, from the seed and the name of what is drawn alone.

    So a value stays the same when its lab gets further ones.
    """
    return int(hexadecimal(f"{seed}\0{name}".encode()), 16) % count
