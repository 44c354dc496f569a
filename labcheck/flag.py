"""A flag: something about a submission that somebody should look at. It accuses nobody, and costs no points."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a flag is about: the closed list. Each has an innocent explanation, too."""

    EDITED = "edited"
    """A log is not as it was filed: the journal or the file was edited."""
    RECOVERED = "recovered"
    """The journal was damaged, and what was intact was recovered."""
    UNSEALED = "unsealed"
    """What was filed by an earlier labcheck, or was recovered, is not sealed."""
    UNSIGNED = "unsigned"
    """The learner had not joined the class when it was handed in."""
    SIGNATURE = "signature"
    """It was changed after it was signed, or is signed with another key: of somebody else, or of another class."""
    VARIANT = "variant"
    """Values of a lab were drawn for another learner of the class."""
    UNBOUND = "unbound"
    """Values of a lab were drawn for nobody in the class: as before the learner joined it."""
    CLOCK = "clock"
    """A clock ran backwards."""
    SHARED = "shared"
    """Another learner's submission has the same containers, instants or engine: one of them may be a copy."""
    TWICE = "twice"
    """Another file was handed in under the same id."""


class Flag(msgspec.Struct, frozen=True):
    """What was noticed, in a sentence."""

    kind: Kind
    says: str
