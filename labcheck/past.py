"""The past: what a log says up to its newest entry, folded forward one entry at a time.

Checks and mistakes get this instead of the log, so that a look costs the same after a thousand commands as after one.
It remembers what the newest look saw, what each thing was when it was last seen, and what the engine reported:
everything about the names that the lab asks about, and only the newest about anything else. It is immutable: each entry
makes a new one (:mod:`labcheck.remember`).

Its times are the engine's, made monotonic: what was filed later counts as later, even if a clock was set back.
"""

from __future__ import annotations

from typing import Final, TypeAlias, TypeGuard, cast

import msgspec

from labcheck.cached import cached_property
from labcheck.cause import NotAsked
from labcheck.engine import Image
from labcheck.log import Look
from labcheck.name import canonical
from labcheck.query import BlobAt, ContainerNamed, ImageNamed, Query, Reads, StoredAt
from labcheck.snapshot import Answer, Evidence, Found, T, Unknown

REPEATS: Final = 8
"""How many events of the same kind are remembered for the same thing: the newest ones."""
OTHERS: Final = 64
"""How many things that the lab does not ask about are remembered for each kind of event."""
REMOVALS: Final = frozenset({"image/untag", "image/delete"})
GIVING: Final = ("image/tag", "image/pull")
"""The events that say which name was given. ``docker commit``, ``docker import`` and ``docker build -t`` tag, too; with
BuildKit on Engine 20.10 there is no event at all."""
NAMELESS: Final = frozenset({"image/load", "image/save", "image/import", "image/create", "image/build"})
"""The events that name an image by its id only."""

Remembered: TypeAlias = ContainerNamed | ImageNamed | StoredAt
"""What is remembered as it was when it was last seen; of everything else, only the current state."""


class Told(msgspec.Struct, frozen=True, dict=True):
    """An event of the engine. ``actor``, ``name`` and ``image`` are the event's own; ``at`` is a monotonic time."""

    at: int
    kind: str
    actor: str
    name: str
    image: str

    @cached_property
    def reference(self) -> str:
        """The full reference of the image: for a pull or a push the actor, for a tag the name; else an empty string."""
        if not self.kind.startswith("image/") or self.kind in NAMELESS:
            return ""
        return canonical(self.actor if self.kind in {"image/pull", "image/push"} else self.name)


class Phase(msgspec.Struct, frozen=True):
    """A period in which a name was known not to exist, or looks at which a blob had its bytes."""

    first: int
    last: int


class Pruned(msgspec.Struct, frozen=True):
    """A prune of images: when, and what the look before it saw."""

    at: int
    before: Look


class Untold(msgspec.Struct, frozen=True):
    """What happened to images since the newest look: the engine reports that a name was removed, but not which one."""

    lost: dict[str, int] = {}
    tags: int = 0
    pulls: dict[str, int] = {}
    loaded: frozenset[str] = frozenset()
    """The images that were loaded, under names that nobody tells."""


class Past(msgspec.Struct, frozen=True, dict=True):
    """Everything known up to the newest entry. ``ours`` are the containers and images that the lab asks about."""

    began: int
    ours: frozenset[str] = frozenset()
    at: int = 0
    """The time of the newest entry."""
    behind: int = 0
    """By how much the engine's clock is behind these times because it was set back."""
    first: Look | None = None
    look: Look | None = None
    """The newest look."""
    taught: Look | None = None
    """The newest look that did not fall into the middle of a command."""
    looked: int = 0
    """When the newest look ended."""
    seen: dict[Remembered, tuple[int, Answer]] = {}
    """What each thing was when it was last seen, and when that look started."""
    meant: dict[str, tuple[Answer, ...]] = {}
    """What each name meant, one meaning after the other."""
    named: dict[str, tuple[str, ...]] = {}
    """The digests that each reference named in its registry, one after the other, the newest last."""
    gone: dict[str, tuple[Phase, ...]] = {}
    """When each name was known not to exist."""
    ids: dict[str, frozenset[str]] = {}
    """The ids of the images that had each name: graphdrivers report a removal by id only."""
    appeared: dict[str, Told] = {}
    """The names that a look found after they were gone, though no event says who gave them; the newest time of each."""
    happened: dict[str, dict[str, tuple[Told, ...]]] = {}
    """The events by kind and by the container's name, the image's reference or, for a removal, the image's id."""
    started: frozenset[str] = frozenset()
    """The containers that were started and have not been removed since."""
    ended: bool = False
    """Whether any container that was started has been removed."""
    pruned: tuple[Pruned, ...] = ()
    untold: Untold = Untold()
    listed: dict[str, tuple[str, ...]] = {}
    """Which repositories each registry listed when it was first seen."""
    count: int = 0
    """How many looks are remembered; the numbers of looks below are counted like this."""
    vanished: dict[StoredAt, int] = {}
    """The number of the first look that did not find what had been seen in a registry before."""
    stored: dict[BlobAt, tuple[Phase, ...]] = {}
    """At which looks, one after the other, each blob that was asked for had its bytes, by the looks' numbers."""
    collected: dict[str, tuple[int, ...]] = {}
    """For each registry, the numbers of looks at which a blob had its bytes and had lost them at the next."""
    overlooked: frozenset[str] = frozenset()
    """The names that were pushed again before a look had seen what the push before had brought."""
    gaps: tuple[int, ...] = ()

    def now(self, query: Reads[T]) -> Evidence[T]:
        """What the newest look says about it."""
        return self.look.snapshot.ask(query) if self.look else Unknown("Nobody has looked yet.", NotAsked())

    def last_found(self, query: Reads[T]) -> T | None:
        """What it was when it was last seen, or ``None`` if it never was."""
        known = self.seen.get(cast("Remembered", query))
        seen = known[1].read(query) if known else None
        return seen.value if isinstance(seen, Found) else None

    def last_seen(self, query: Remembered) -> int:
        """When it was last seen; 0 if it never was."""
        known = self.seen.get(query)
        return known[0] if known else 0

    def was(self, query: ImageNamed) -> tuple[Evidence[Image], ...]:
        """What the name meant, one meaning after the other, the newest first."""
        return tuple(answer.read(query) for answer in reversed(self.meant.get(canonical(query.reference), ())))

    def events(self, *kinds: str) -> tuple[Told, ...]:
        """The remembered events of these kinds, the oldest first."""
        if kinds not in self._told:
            found = [told for kind in kinds for tolds in self.happened.get(kind, {}).values() for told in tolds]
            self._told[kinds] = tuple(sorted(found, key=lambda told: told.at))
        return self._told[kinds]

    @cached_property
    def _told(self) -> dict[tuple[str, ...], tuple[Told, ...]]:
        """The events that were asked for, in order: several checks ask for the same."""
        return {}

    def newest(self, kind: str, subject: str) -> Told | None:
        """The newest event of this kind for this container, by its name, or this image, by its reference."""
        tolds = self.happened.get(kind, {}).get(subject, ())
        return tolds[-1] if tolds else None

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """What the newest look asked."""
        return tuple(answer.query for answer in self.look.snapshot.answers) if self.look else ()

    @cached_property
    def saw_all(self) -> bool:
        """Whether the newest look could see everything that it asked about."""
        return self.look is not None and all(answer.unknown is None for answer in self.look.snapshot.answers)


def is_of(query: Query, name: str) -> TypeGuard[ImageNamed]:
    """Whether the query asks for the image of this canonical name."""
    return isinstance(query, ImageNamed) and canonical(query.reference) == name
