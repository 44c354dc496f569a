"""What a registry's storage holds, read from all that was seen of it, and what must be looked at to know it.

No request lists a manifest that has no tag. So each manifest that was ever seen is asked for again by its digest, and
each blob of one that is gone. What that cannot tell is unknown, never nothing:

- a push that no look saw before the next push under the same name, or before a delete;
- what was there before anybody looked: a repository that was listed at the first look, and of which no push is known;
- whether a collection has taken a deleted manifest: nobody can ask for its bytes, only for those of its parts, and for
  an index, or an image that shares all its parts, only what else was deleted can tell.

Two things leave no trace at all: what a program other than docker pushed and overwrote between two looks, and the
bytes of a push that broke off before its manifest was sent. A collection takes those, too, and nobody foretells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import msgspec

from labcheck.cause import NotAsked, UnexpectedAnswer
from labcheck.collection import Place, Stock
from labcheck.document import items
from labcheck.name import canonical, parsed
from labcheck.oci import Index, Manifest, Stored, is_index
from labcheck.oci import parsed as read
from labcheck.past import Past
from labcheck.query import BlobAt, Catalog, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Unknown

MOST: Final = 300
"""How many more queries a registry is asked in one look."""


class Parts(msgspec.Struct, frozen=True):
    """What a manifest refers to, and which of that are blobs: an index refers to other manifests."""

    all: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()


Known: TypeAlias = dict[Place, Parts]


def follow_up(past: Past, domain: str) -> tuple[Query, ...]:
    """What must be looked at next to know what is stored there, because of what was seen; nothing once all is asked."""
    names = _listed(past, domain)
    asked: list[Query] = [*(Tags(domain, name) for name in names), *(StoredAt(name) for name in _tagged(past, domain))]
    parts = _known(past, domain)
    asked += [StoredAt(_by_digest(domain, place)) for place in parts]
    present = {place for place in parts if isinstance(_there(past, domain, place), Found)}
    gone = [place for place in parts if isinstance(_there(past, domain, place), Absent)]
    marked = _marked(parts, present)
    blobs = [BlobAt(domain, place[0], part) for place in gone for part in parts[place].blobs if part not in marked]
    return tuple(dict.fromkeys([*asked, *blobs]))[:MOST]


def stock(past: Past, domain: str) -> Found[Stock] | Unknown:
    """What is stored there now; unknown where something that it depends on was not seen."""
    doubt = next(_doubts(past, domain), None)
    if doubt is not None:
        return doubt
    parts = _known(past, domain)
    present = {place: it.all for place, it in parts.items() if isinstance(_there(past, domain, place), Found)}
    tagged = frozenset(_place(past, name) for name in _tagged(past, domain))
    missing = {lost for it in _found(past, domain) for lost in it.missing}
    # What an index refers to has bytes if it was seen, and none if nobody pushed it.
    blobs = {part for place in present for part in parts[place].blobs} - missing - _elsewhere(past, domain)
    blobs |= {digest for _, digest in present}
    marked = _marked(parts, set(present))
    for place in parts.keys() - present.keys():
        left = _left(past, domain, place, parts, marked)
        if isinstance(left, Unknown):
            return left
        blobs |= left
    return Found(Stock(present, tagged, frozenset(blobs)))


def own_parts(past: Past, domain: str, place: Place) -> Found[frozenset[str]] | Unknown:
    """The config and layers of this manifest that no manifest which is there refers to."""
    parts = _known(past, domain)
    unseen = next((it for it in (_there(past, domain, other) for other in parts) if isinstance(it, Unknown)), None)
    if unseen is not None:
        return unseen
    present = {other for other in parts if isinstance(_there(past, domain, other), Found)}
    own = parts[place].blobs if place in parts else ()
    return Found(frozenset(own) - _marked(parts, present))


def place_of(name: str, digest: str) -> Place:
    """The place of this digest in the repository of this image."""
    reference = parsed(name)
    return (reference.path if reference else "", digest)


def _doubts(past: Past, domain: str) -> Iterator[Unknown]:
    """Why it is not known what is stored there."""
    seen: list[Evidence[object]] = [past.now(Catalog(domain))]
    seen += [past.now(Tags(domain, name)) for name in _listed(past, domain)]
    seen += [past.now(StoredAt(name)) for name in _tagged(past, domain)]
    parts = _known(past, domain)
    yield from (it for it in seen if isinstance(it, Unknown))
    yield from (it for place in parts if isinstance(it := _there(past, domain, place), Unknown))
    for name in _tagged(past, domain):
        if isinstance(past.now(StoredAt(name)), Absent):
            yield _unknown(f"{name} is listed, and names nothing that is there.")
    if past.gaps:
        yield _unknown("The engine has forgotten what happened, so there may have been a push that nobody saw.")
    for name in sorted(past.overlooked):
        if (named := parsed(name)) and named.domain == domain:
            yield _unknown(f"Nobody looked between two pushes of {name}, so nobody knows what the first one left.")
    yield from _unseen_pushes(past, domain)
    told = {named.path for it in past.events("image/push") if (named := parsed(it.actor)) and named.domain == domain}
    for name in past.listed.get(domain, ()):
        if name not in told:
            yield _unknown(f"{name} was there before anybody looked, so nobody knows what it holds without a tag.")
    for digest in sorted({digest for it in parts.values() for digest in it.all}):
        if not digest.startswith("sha256:"):
            yield _unknown(f"A manifest names a part by {digest.partition(':')[0]}, and the registry stores by sha256.")


def _unseen_pushes(past: Past, domain: str) -> Iterator[Unknown]:
    """The newest push under a name, if what it brought was gone before anybody looked."""
    looked = {canonical(query.reference): at for query, (at, _) in past.seen.items() if isinstance(query, StoredAt)}
    for it in past.events("image/push"):
        named = parsed(it.actor)
        if named and named.domain == domain and it.at > looked.get(it.reference, 0):
            newest = past.newest("image/push", it.reference)
            if newest is not None and newest.at == it.at:
                yield _unknown(f"Nobody has seen what was pushed as {it.reference}.")


def _left(past: Past, domain: str, place: Place, parts: Known, marked: set[str]) -> set[str] | Unknown:
    """What still has bytes of a manifest that is gone, and that no other one refers to."""
    blobs = {part: past.now(BlobAt(domain, place[0], part)) for part in parts[place].blobs if part not in marked}
    unseen = next((it for it in blobs.values() if isinstance(it, Unknown)), None)
    if unseen is not None:
        return unseen
    here = {part for part, it in blobs.items() if isinstance(it, Found) and it.value.has_bytes}
    if place[1] in marked:
        return {place[1], *here}
    was_taken = _was_taken(past, domain, place, parts, marked)
    if was_taken is None:
        return _unknown(f"Nobody can see whether the bytes of {place[0]}@{place[1][:19]} are still there.")
    return here if was_taken else {place[1], *here}


def _was_taken(past: Past, domain: str, place: Place, parts: Known, marked: set[str]) -> bool | None:
    """Whether a collection took the manifest since it was deleted; ``None`` if that cannot be told.

    A collection takes all that is not marked. So what else was not marked at the time tells: if something of it had its
    bytes at each look since, there was no collection; if something lost them, there was one.
    """
    own = {BlobAt(domain, place[0], part) for part in parts[place].blobs}
    # An index keeps the bytes of what it refers to, and the same manifest may have been in another repository.
    kept_by = [it for it, its in parts.items() if place[1] == it[1] or place[1] in its.all]
    ends = [past.vanished.get(StoredAt(_by_digest(domain, it)), 0) for it in kept_by]
    gone, is_last = max(ends), past.vanished.get(StoredAt(_by_digest(domain, place))) == max(ends)
    if 0 in ends:
        return None
    unmarked = (blob for blob in own if blob.digest not in marked)
    lost = any(not isinstance(it := past.now(blob), Found) or not it.value.has_bytes for blob in unmarked)
    if (lost and is_last) or any(look >= gone for look in past.collected.get(domain, ())):
        return True
    phases = [
        (it.first, it.last, blob in own) for blob, its in past.stored.items() for it in its if blob.domain == domain
    ]
    # At the look at which it was gone, or at the next, its own parts were asked for; what else was not marked, before.
    reach = max(
        (
            last
            for first, last, is_own in phases
            if first < gone <= last or (is_own and is_last and gone <= first <= gone + 1)
        ),
        default=0,
    )
    for first, last, _ in sorted(phases):
        reach = max(reach, last) if first <= reach else reach
    return False if reach >= past.count else None


def _known(past: Past, domain: str) -> Known:
    """Every manifest and index that was ever seen there, and what each refers to."""
    found: Known = {}
    unread: list[Place] = []
    for query, (_, answer) in past.seen.items():
        named = parsed(query.reference) if isinstance(query, StoredAt) else None
        if named is None or named.domain != domain or not isinstance(query, StoredAt) or answer.found is None:
            continue
        for digest, written in query.read(answer.found).texts.items():
            document = read(written)
            if is_index(document):
                below = tuple(entry.digest for entry in Index(document).manifests)
                unread += [(named.path, it) for it in below]
                found[named.path, digest] = Parts(below)
            else:
                manifest = Manifest(document)
                blobs = (manifest.config.digest, *(it.digest for it in manifest.layers))
                found[named.path, digest] = Parts(blobs, blobs)
    # What an index names may be an image for another platform, which nobody pushed: it is asked for, too.
    asked = {place: Parts() for place in unread if place not in found and not _is_absent(past, domain, place)}
    return {**found, **asked}


def _is_absent(past: Past, domain: str, place: Place) -> bool:
    return isinstance(past.now(StoredAt(_by_digest(domain, place))), Absent)


def _there(past: Past, domain: str, place: Place) -> Evidence[Stored]:
    """Whether the manifest is there now, with or without a tag."""
    seen = past.now(StoredAt(_by_digest(domain, place)))
    if isinstance(seen, Unknown) and isinstance(seen.cause, NotAsked):
        return next((Found(it) for it in _found(past, domain, place[0]) if place[1] in it.texts), seen)
    return seen


def _found(past: Past, domain: str, path: str = "") -> Iterator[Stored]:
    """What the newest look found there, or in one repository, under tags and digests."""
    for query in past.queries:
        named = parsed(query.reference) if isinstance(query, StoredAt) else None
        if isinstance(query, StoredAt) and named and named.domain == domain and path in {"", named.path}:
            seen = past.now(query)
            if isinstance(seen, Found):
                yield seen.value


def _elsewhere(past: Past, domain: str) -> set[str]:
    """The layers that must not be in a registry (Windows has such layers): they have addresses of their own."""
    documents = [read(written) for it in _found(past, domain) for written in it.texts.values()]
    layers = [layer for document in documents for layer in Manifest(document).layers]
    return {layer.digest for layer in layers if items(layer.document, "urls")}


def _marked(parts: Known, present: Iterable[Place]) -> set[str]:
    return {digest for place in present for digest in (place[1], *parts[place].all)}


def _listed(past: Past, domain: str) -> tuple[str, ...]:
    names = past.now(Catalog(domain))
    return names.value if isinstance(names, Found) else ()


def _tagged(past: Past, domain: str) -> list[str]:
    """The names with tags that the newest look saw listed."""
    lists = ((name, past.now(Tags(domain, name))) for name in _listed(past, domain))
    return [f"{domain}/{name}:{tag}" for name, tags in lists if isinstance(tags, Found) for tag in tags.value]


def _place(past: Past, name: str) -> Place:
    seen = past.now(StoredAt(name))
    return place_of(name, seen.value.digest if isinstance(seen, Found) else "")


def _by_digest(domain: str, place: Place) -> str:
    return f"{domain}/{place[0]}@{place[1]}"


def _unknown(reason: str) -> Unknown:
    return Unknown(reason, UnexpectedAnswer())
