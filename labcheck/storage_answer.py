"""Questions about a registry's storage: which tags go with a manifest, and what a garbage collection would take."""

from __future__ import annotations

from typing import ClassVar

from labcheck import stock
from labcheck.collection import collected, deleted
from labcheck.name import domain, parsed
from labcheck.one_of import OneOf
from labcheck.past import Past
from labcheck.query import Catalog, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Unknown


class StorageAnswer(OneOf, frozen=True):
    """What is asked about a registry's storage: exactly one of these."""

    kinds: ClassVar = {"tags_with": "set", "blobs_freed_at": "number", "blobs_freed_without": "number"}

    tags_with: str | None = None
    """The tags that go if this image is deleted by its digest: all of its repository that name the same digest."""
    blobs_freed_at: str | None = None
    """How many blobs a garbage collection would take from the registry at this domain."""
    blobs_freed_without: str | None = None
    """How many it would take there once this image was deleted by its digest."""

    @property
    def image(self) -> str:
        """The image that is to be deleted, or the empty string."""
        return self.tags_with or self.blobs_freed_without or ""

    @property
    def domain(self) -> str:
        """The registry that it is about."""
        return self.blobs_freed_at or domain(self.image)

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at, as far as it is known beforehand."""
        named = parsed(self.image)
        tags = (StoredAt(self.image), Tags(self.domain, named.path)) if named else ()
        return tags if self.tags_with else (*tags, Catalog(self.domain))

    def follow_up(self, past: Past) -> tuple[Query, ...]:
        """What must be looked at because of what was seen: the repository's other tags, or all that is stored."""
        if self.tags_with:
            return tuple(StoredAt(name) for name in self._names(past))
        return stock.follow_up(past, self.domain)

    def right(self, past: Past) -> Evidence[frozenset[str]]:
        """The right answer at the newest look."""
        seen = past.now(StoredAt(self.image)) if self.image else Absent()
        if self.image and not isinstance(seen, Found):
            return seen
        digest = seen.value.digest if isinstance(seen, Found) else ""
        if self.tags_with:
            return self._tags(past, digest)
        there = stock.stock(past, self.domain)
        if isinstance(there, Unknown):
            return there
        then = deleted(there.value, stock.place_of(self.image, digest)) if self.image else there.value
        return Found(frozenset({str(len(collected(then).blobs))}))

    def _names(self, past: Past) -> tuple[str, ...]:
        """All names of the image's repository."""
        named = parsed(self.image)
        tags = past.now(Tags(self.domain, named.path)) if named else Absent()
        return tuple(f"{named.name}:{tag}" for tag in tags.value) if named and isinstance(tags, Found) else ()

    def _tags(self, past: Past, digest: str) -> Evidence[frozenset[str]]:
        named = {name: past.now(StoredAt(name)) for name in self._names(past)}
        unseen = next((it for it in named.values() if isinstance(it, Unknown)), None)
        if unseen is not None:
            return unseen
        same = (name for name, it in named.items() if isinstance(it, Found) and it.value.digest == digest)
        return Found(frozenset(name.rpartition(":")[2] for name in same))
