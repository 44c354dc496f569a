"""Checks on deleting from a registry: whether it is allowed, and what is gone: a tag, a manifest, bytes."""

from __future__ import annotations

from typing import ClassVar

from labcheck import stock
from labcheck.check import Check, failed, passed, unseen
from labcheck.name import domain, parsed
from labcheck.past import Past
from labcheck.query import BlobAt, Catalog, ContainerList, Deleting, KeptBlob, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from labcheck.verdict import Finding

LATE = "nobody looked while it was there"


class DeletingEnabled(Check, frozen=True, kw_only=True, tag="deleting-enabled"):
    """The registry at this domain carries out deletes, however it was told to."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The registry at {self.domain} deletes when asked to"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What it answers to a delete of what nobody has; and all containers, to see whose port it is."""
        return Deleting(self.domain), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if it does not refuse."""
        expected = "a registry that carries out deletes"
        match past.now(Deleting(self.domain)):
            case Found(enabled):
                return passed("it does") if enabled else failed(expected, "it refuses every delete (405)")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")


class _Gone(Check, frozen=True, kw_only=True):
    demands_absence: ClassVar[bool] = True

    image: str

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the registry holds under this name, which names it lists, and whose port it has."""
        named = parsed(self.image)
        where, path = (named.domain or "", named.path) if named else ("", "")
        return StoredAt(self.image), Tags(where, path), Catalog(where), ContainerList()

    def digest(self, past: Past) -> str:
        """The digest that the name had when it was last seen, or the empty string."""
        stored = past.last_found(StoredAt(self.image))
        return stored.digest if stored else ""

    def by_digest(self, past: Past) -> StoredAt:
        """The same by that digest."""
        named = parsed(self.image)
        return StoredAt(f"{named.name if named else ''}@{self.digest(past)}")


class TagGone(_Gone, frozen=True, kw_only=True, tag="tag-gone"):
    """The registry no longer lists this tag."""

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The registry no longer lists {self.image}"

    def judge(self, past: Past) -> Finding:
        """Pass if the tag was there, and is not listed any more."""
        expected, named = f"no tag {self.image}", parsed(self.image)
        match past.now(Tags(named.domain or "", named.path)) if named else Absent():
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case Found(tags) if named and named.tag in tags:
                return failed(expected, "it is listed")
            case _ if not self.digest(past):
                return unseen(expected, LATE)
            case _:
                return passed("it is not listed any more")


class ManifestGone(_Gone, frozen=True, kw_only=True, tag="manifest-gone"):
    """The registry no longer has the manifest of this image, not even by its digest."""

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The manifest of {self.image} is deleted"

    def follow_up(self, past: Past) -> tuple[Query, ...]:
        """The manifest by its digest, which is known once it was seen."""
        return (self.by_digest(past),) if self.digest(past) else ()

    def judge(self, past: Past) -> Finding:
        """Pass if nothing has that digest any more."""
        expected = f"no manifest with the digest of {self.image}"
        if isinstance(now := past.now(StoredAt(self.image)), Unknown):
            return unseen(expected, now)
        if not self.digest(past):
            return unseen(expected, LATE)
        match past.now(self.by_digest(past)):
            case Found():
                tagged = isinstance(past.now(StoredAt(self.image)), Found)
                return failed(
                    expected, "it is still there" if tagged else "only its tag is gone; its digest still leads to it"
                )
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("nothing has its digest any more")


class _Parts(_Gone, frozen=True, kw_only=True):
    """What became of the blobs that only this image had."""

    def follow_up(self, past: Past) -> tuple[Query, ...]:
        """All manifests of the registry, as they may share the blobs, and then the blobs."""
        return stock.follow_up(past, domain(self.image))

    def parts(self, past: Past) -> list[Evidence[KeptBlob]] | Unknown | str:
        """What the registry says of each; why that is unknown; or what speaks against any being gone."""
        if isinstance(now := past.now(StoredAt(self.image)), Unknown):
            return now
        if not (digest := self.digest(past)):
            return "nobody has seen it there yet"
        if isinstance(past.now(self.by_digest(past)), Found):
            return "its manifest is still there, so a collection takes nothing of it"
        where, place = domain(self.image), stock.place_of(self.image, digest)
        own = stock.own_parts(past, where, place)
        if isinstance(own, Unknown):
            return own
        return [past.now(BlobAt(where, place[0], part)) for part in sorted(own.value)]

    @property
    def expected(self) -> str:
        """What is demanded, in a few words."""
        raise NotImplementedError

    def judge(self, past: Past) -> Finding:
        """Judge by what the registry says of each, where all of that is known."""
        found = self.parts(past)
        if isinstance(found, str):
            return failed(self.expected, found)
        unknown = found if isinstance(found, Unknown) else next((it for it in found if isinstance(it, Unknown)), None)
        if isinstance(found, Unknown) or unknown is not None:
            return unseen(self.expected, unknown or "")
        return self.judge_parts([it.value for it in found if isinstance(it, Found)], len(found))

    def judge_parts(self, here: list[KeptBlob], count: int) -> Finding:
        """Judge by what the registry has of so many."""
        raise NotImplementedError


class BlobsGone(_Parts, frozen=True, kw_only=True, tag="blobs-gone"):
    """The bytes that only this image had are gone from the registry's storage: a collection took them."""

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The blobs that only {self.image} had are gone"

    @property
    def expected(self) -> str:
        """What is demanded, in a few words."""
        return f"no bytes of the blobs that only {self.image} had"

    def judge_parts(self, here: list[KeptBlob], count: int) -> Finding:
        """Pass if the registry sends no byte of any of them, whatever it remembers."""
        kept = sum(it.has_bytes for it in here)
        return failed(self.expected, f"{kept} of {count} are still there") if kept else passed("they are gone")


class RegistryRestarted(_Parts, frozen=True, kw_only=True, tag="registry-restarted"):
    """The registry no longer remembers the blobs that a collection took: it was started since."""

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The registry does not remember the blobs of {self.image} any more"

    @property
    def expected(self) -> str:
        """What is demanded, in a few words."""
        return "a registry that was started after the collection"

    def judge_parts(self, here: list[KeptBlob], count: int) -> Finding:
        """Pass if it says of all of them that it does not have them."""
        kept = sum(it.has_bytes for it in here)
        if kept:
            return failed(self.expected, f"nothing was collected: {kept} of {count} blobs are still there")
        if here:
            return failed(self.expected, f"it says that it has {len(here)} of {count} blobs, whose bytes are gone")
        return passed("it says of none of them that it has it")


def left(check: BlobsGone | RegistryRestarted, past: Past) -> list[KeptBlob]:
    """The blobs that only the image had and that the registry says it has; none where that is not known."""
    found = check.parts(past)
    return [it.value for it in found if isinstance(it, Found)] if isinstance(found, list) else []
