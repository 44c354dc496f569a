"""What a judgement says: how it came out, what was expected, what was seen, why, and what to type."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from labcheck.cause import Cause


class Outcome(StrEnum):
    """How a judgement came out, from best to worst: of several, the worst wins.

    ``INCONCLUSIVE`` means that we could not look. It is never the same as ``FAIL``, "not done".
    """

    PASS = "pass"  # noqa: S105 - an outcome, no password
    SKIP = "skip"
    INCONCLUSIVE = "inconclusive"
    FAIL = "fail"

    @property
    def severity(self) -> int:
        """Its place from best (0) to worst (3)."""
        return SEVERITY[self]


SEVERITY: Final = {outcome: place for place, outcome in enumerate(Outcome)}


def worst(outcomes: list[Outcome]) -> Outcome:
    """The worst of them; of none, ``PASS``."""
    return max(outcomes, key=lambda outcome: outcome.severity, default=Outcome.PASS)


class Finding(msgspec.Struct, frozen=True):
    """What one check found. Whatever is not a pass says what was expected and what was seen.

    Where it is inconclusive because something could not be seen, there is the cause of that, too.
    """

    outcome: Outcome
    expected: str = ""
    actual: str = ""
    cause: Cause | None = None


class Fix(msgspec.Struct, frozen=True):
    """What to do: commands to type as they are, or advice where no command can help."""

    commands: tuple[str, ...] = ()
    advice: str = ""

    def __bool__(self) -> bool:
        return bool(self.commands or self.advice)


class Explanation(msgspec.Struct, frozen=True):
    """Why it went wrong, in the learner's own names, and what to do."""

    why: str
    fix: Fix


class Verdict(msgspec.Struct, frozen=True):
    """A finding with its reason: the named mistake where one was recognised, and the fix.

    The cause is that of the finding; where it has none, JSON says nothing of it.
    """

    title: str
    outcome: Outcome
    expected: str = ""
    actual: str = ""
    diagnosis: str | None = None
    why: str = ""
    fix: Fix = Fix()
    cause: Cause | msgspec.UnsetType = msgspec.UNSET
