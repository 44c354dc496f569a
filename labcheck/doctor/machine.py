"""Everything that was seen of a machine, for rules to conclude from. Values only, so tests can make them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, TypeVar

from labcheck.cause import NotAsked
from labcheck.doctor.look import Fact
from labcheck.doctor.system import System
from labcheck.snapshot import Evidence, Found, Unknown

T = TypeVar("T")
D = TypeVar("D")


class Mode(Enum):
    """How the course runs on a machine."""

    INSIDE = "this is a sandbox already"
    SANDBOX = "in a sandbox"
    ENGINE = "with the engine that is here"
    UNSURE = "nobody could see in which way, or whether at all"
    NONE = "not at all"


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine, as seen by one process at one moment."""

    system: System
    seen: Mapping[Fact[Any], Evidence[Any]] = field(default_factory=dict)
    mode: Mode = Mode.NONE
    """How the course would run here. It is concluded, not seen, from the rules that it depends on."""

    def __getitem__(self, fact: Fact[T]) -> Evidence[T]:
        return self.seen.get(fact, Unknown("Nobody looked at that.", NotAsked()))

    def get(self, fact: Fact[T], otherwise: D) -> T | D:
        """The value that was found; ``otherwise`` where the fact is absent or unknown."""
        seen = self[fact]
        return seen.value if isinstance(seen, Found) else otherwise

    def having(self, seen: Mapping[Fact[Any], Evidence[Any]]) -> Machine:
        """The same machine, with these facts instead of its own."""
        return replace(self, seen={**self.seen, **seen})
