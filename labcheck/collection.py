"""What a garbage collection takes from a registry's storage: ``registry garbage-collect`` of distribution 2.8.

It marks every manifest of every repository and what each refers to, one level deep, and takes every blob that is not
marked. What a manifest was, a tag or not, plays no part, unless it is told to ``--delete-untagged``: then a manifest
that no tag of its repository names is not marked either. That includes the images below an index, which have no tags.

Source: distribution/distribution v2.8.2, registry/storage/garbagecollect.go, MarkAndSweep.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from msgspec.structs import replace

Place: TypeAlias = tuple[str, str]
"""A manifest or an index: its repository, and its digest. The same bytes in two repositories are two places."""


class Stock(msgspec.Struct, frozen=True):
    """What a registry's storage holds."""

    manifests: dict[Place, tuple[str, ...]] = {}
    """Each manifest and index that is there, and the digests that it refers to."""
    tagged: frozenset[Place] = frozenset()
    """Those that a tag names."""
    blobs: frozenset[str] = frozenset()
    """Whatever has bytes there: layers, configs, manifests, indexes; each once, whoever refers to it."""


class Collected(msgspec.Struct, frozen=True):
    """What a collection takes."""

    blobs: frozenset[str]
    manifests: frozenset[Place]
    """The manifests that ``--delete-untagged`` counts."""


def collected(stock: Stock, *, untagged: bool = False) -> Collected:
    """What a collection takes now; ``untagged`` is ``--delete-untagged``, also called ``-m``."""
    doomed = frozenset(place for place in stock.manifests if untagged and place not in stock.tagged)
    kept = {place: refers for place, refers in stock.manifests.items() if place not in doomed}
    marked = {digest for (_, own), refers in kept.items() for digest in (own, *refers)}
    return Collected(stock.blobs - marked, doomed)


def deleted(stock: Stock, place: Place) -> Stock:
    """The storage after this manifest was deleted by its digest: its tags are gone, and every blob is still there."""
    manifests = {it: refers for it, refers in stock.manifests.items() if it != place}
    return replace(stock, manifests=manifests, tagged=stock.tagged - {place})
