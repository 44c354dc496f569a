"""A named mistake: how it is recognised in the evidence, why it happens, what to type.

A diagnosis is certain, or says "probably". A step names the first one that fits, so the specific come first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from labcheck.check import Check
from labcheck.log import Log
from labcheck.verdict import Fix


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a check is not met, in the learner's own names, and what to do."""

    why: str
    fix: Fix


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake people really make. ``recognise`` gets a check that is not met and the log up to the look."""

    name: str
    summary: str
    recognise: Callable[[Check, Log], Explanation | None]
