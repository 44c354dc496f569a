"""The class of twelve: what each typed, what that must come to, and what they handed in."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Final

import msgspec
import yaml

from labcheck.classroom import Classroom, with_secret
from labcheck.grade import sample
from tests.support.places import TESTS

FOLDER: Final = TESTS / "classroom"
HANDED_IN: Final = sample.FOLDER / "handed-in"
UNTIL: Final = sample.FOLDER / "until.txt"
"""The deadline, in RFC 3339: the second after ``deadline`` was typed."""
LATE: Final = 50
"""Percent of its points that a step loses that was done on the day after it."""
LABS: Final = ("start-here", "image-names", "push-and-pull")
COPIED: Final = "learner-01"


class Way(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A learner: what they type, and what that comes to."""

    typed: tuple[str, ...]
    points: dict[str, float]
    at_most: dict[str, float] = {}
    flags: tuple[str, ...] = ()
    mistakes: dict[str, str] = {}
    joins: bool = True


class Ways(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    parts: dict[str, tuple[str, ...]]
    learners: dict[str, Way]

    def lines(self, learner: str) -> tuple[str, ...]:
        """What this learner types, line by line."""
        return tuple(line for name in self.learners[learner].typed for line in self.parts.get(name, (name,)))


@cache
def ways() -> Ways:
    """The class, as it is written down."""
    return msgspec.convert(yaml.safe_load((FOLDER / "ways.yaml").read_text(encoding="utf-8")), Ways)


def classroom() -> Classroom:
    """Its class file: for a class of tests, the secret is none."""
    return with_secret(bytes(range(32)), ((learner, learner.replace("-", " ").title()) for learner in ways().learners))


def until() -> int:
    """The deadline in nanoseconds."""
    return int(datetime.fromisoformat(UNTIL.read_text(encoding="utf-8").strip()).timestamp()) * 10**9
