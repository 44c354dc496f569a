"""Checks on what a registry's manifests say: shared layers, several platforms, no image at all."""

from __future__ import annotations

from labcheck import manifest_answer
from labcheck.check import Check, failed, passed, unseen
from labcheck.name import domain, parsed
from labcheck.oci import Stored
from labcheck.past import Past
from labcheck.query import Catalog, Query, StoredAt, Tags
from labcheck.snapshot import Evidence, Found, Unknown
from labcheck.verdict import Finding

NOTHING = "the registry holds nothing of that name and tag"


class LayersShared(Check, frozen=True, kw_only=True, tag="layers-shared"):
    """The registry holds these images, each in a repository of its own, and they have a layer in common."""

    images: tuple[str, ...]

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{' and '.join(self.images)} share a layer"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the registry holds under each name, and which repositories it has."""
        domains = dict.fromkeys(map(domain, self.images))
        return (*map(StoredAt, self.images), *(Catalog(it) for it in domains if it))

    def judge(self, past: Past) -> Finding:
        """Pass if they have at least one layer's digest in common."""
        expected = f"a layer that {' and '.join(self.images)} have in common"
        seen = [past.now(StoredAt(image)) for image in self.images]
        stored = [it.value for it in seen if isinstance(it, Found)]
        for image, it in zip(self.images, seen, strict=True):
            if isinstance(it, Unknown):
                return unseen(expected, it)
            if not isinstance(it, Found):
                return failed(expected, f"the registry holds nothing at {image}")
        count = len(manifest_answer.shared(stored))
        return passed(f"they share {count}") if count else failed(expected, "they have no layer in common")


class ForPlatforms(Check, frozen=True, kw_only=True, tag="for-platforms"):
    """The name leads to an index in its registry, with a complete image for each of these platforms."""

    image: str
    platforms: tuple[str, ...]

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} is an index for {' and '.join(self.platforms)}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the registry holds there, and the other tags of the repository."""
        return _stored_and_tags(self.image)

    def judge(self, past: Past) -> Finding:
        """Pass if the images' own configs name these platforms: an index may say anything."""
        expected = f"an index with an image for each of {', '.join(self.platforms)}"
        stored = past.now(StoredAt(self.image))
        if not isinstance(stored, Found):
            return _not_found(stored, expected)
        if not stored.value.is_index:
            return failed(expected, "it is a single manifest, no index")
        if stored.value.missing:
            return failed(expected, f"{len(stored.value.missing)} of its parts are missing")
        found = manifest_answer.platforms(stored.value)
        if set(self.platforms) <= found:
            return passed(f"it is an index for {', '.join(sorted(found))}")
        return failed(expected, f"its images are for {', '.join(sorted(found)) or 'no platform'}")


class ArtifactStored(Check, frozen=True, kw_only=True, tag="artifact-stored"):
    """The registry holds something under this name that is no image, with all its parts."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} is an artifact that is no image"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the registry holds there, and the other tags of the repository."""
        return _stored_and_tags(self.image)

    def judge(self, past: Past) -> Finding:
        """Pass if its manifest says so, by its artifact type or by its config's media type."""
        expected = f"a manifest at {self.image} that is of no image"
        stored = past.now(StoredAt(self.image))
        if not isinstance(stored, Found):
            return _not_found(stored, expected)
        if kind := stored.value.artifact_type:
            missing = len(stored.value.missing)
            return failed(expected, f"{missing} of its parts are missing") if missing else passed(f"it is {kind}")
        return failed(expected, "it is an index, a list of images" if stored.value.is_index else "it is an image")


def _stored_and_tags(image: str) -> tuple[Query, ...]:
    reference = parsed(image)
    tags = (Tags(reference.domain, reference.path),) if reference and reference.domain else ()
    return (StoredAt(image), *tags)


def _not_found(seen: Evidence[Stored], expected: str) -> Finding:
    return unseen(expected, seen) if isinstance(seen, Unknown) else failed(expected, NOTHING)
