"""A named mistake: how it is recognised, why it happens, what to type.

A mistake shows itself in the evidence, in a message that a learner pastes, or in both. A diagnosis is certain, or
its reason says "probably" and what would settle it. The first one that fits is named, so the specific come first.
A note is no mistake: it tells something worth knowing of a demand that is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from labcheck.check import Check
from labcheck.past import Past
from labcheck.verdict import Explanation

__all__ = ["Diagnosis", "Explanation"]


def _no_evidence(_check: Check, _log: Past) -> Explanation | None:
    """Such a mistake leaves no trace in the evidence."""
    return None


def _no_message(_match: re.Match[str]) -> Explanation:
    raise NotImplementedError


class Diagnosis(msgspec.Struct, frozen=True):
    """A mistake people really make.

    ``recognise`` gets a check that is not met (of a note: that is met) and the log up to the look. ``message`` is
    the pattern that is found in what a command printed; ``told`` explains the match in the learner's own names.
    """

    name: str
    summary: str
    recognise: Callable[[Check, Past], Explanation | None] = _no_evidence
    message: str = ""
    told: Callable[[re.Match[str]], Explanation] = _no_message
    is_note: bool = False

    def explain(self, text: str) -> Explanation | None:
        """What a message means, if it is of this mistake."""
        # Compiled when it is first asked for, and kept by ``re``: a look needs none of the hundred patterns.
        match = re.search(self.message, text) if self.message else None
        return self.told(match) if match else None
