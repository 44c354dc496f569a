"""What a judgement says: its outcome, what was expected, what was seen, why, and what to type."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from labcheck.cause import Cause


class Outcome(StrEnum):
    """The outcome of a judgement, from best to worst; of several, the worst counts.

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
WORST: Final = tuple(reversed(Outcome))


def worst(outcomes: list[Outcome]) -> Outcome:
    """The worst of them; ``PASS`` if there are none."""
    for outcome in WORST:
        if outcome in outcomes:
            return outcome
    return Outcome.PASS


class Finding(msgspec.Struct, frozen=True):
    """What one check found. Unless it is a pass, it says what was expected and what was seen.

    If it is inconclusive because something could not be seen, it also has the cause.
    """

    outcome: Outcome
    expected: str = ""
    actual: str = ""
    cause: Cause | None = None


class Fix(msgspec.Struct, frozen=True):
    """What to do: commands to type as they are, or advice if no command can help."""

    commands: tuple[str, ...] = ()
    advice: str = ""

    def __bool__(self) -> bool:
        return bool(self.commands or self.advice)


class Explanation(msgspec.Struct, frozen=True):
    """Why it went wrong, in the learner's own names, and what to do."""

    why: str
    fix: Fix


class Verdict(msgspec.Struct, frozen=True):
    """A finding with its explanation: the named mistake if one was recognised, and the fix.

    The cause is the finding's; JSON leaves it out if there is none.
    """

    title: str
    outcome: Outcome
    expected: str = ""
    actual: str = ""
    diagnosis: str | None = None
    why: str = ""
    fix: Fix = Fix()
    cause: Cause | msgspec.UnsetType = msgspec.UNSET
