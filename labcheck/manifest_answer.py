"""Questions about manifests: their right answers, and likely wrong ones, both computed from what was seen.

A likely wrong answer has a name, such as ``config``; a lab explains it under that name, whatever its value is on this
learner's machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, TypeAlias

import msgspec

from labcheck.digest import digest_of
from labcheck.document import Document
from labcheck.oci import Manifest, Stored, is_index, parsed
from labcheck.one_of import OneOf
from labcheck.past import Past
from labcheck.query import ImageList, Images, Query, StoredAt
from labcheck.snapshot import Absent, Evidence, Found

Mistaken: TypeAlias = Mapping[str, frozenset[str]]
"""The values of each likely wrong answer, by its name."""

OTHER: Final = "other"
"""Any other digest that is complete."""
DIGESTS: Final = frozenset({"config", "layer", "index", "platform", "elsewhere", "changed", "short", OTHER})
"""The likely wrong answers to a question for a digest."""
COUNTS: Final = frozenset({"each", "together"})
"""The likely wrong answers to a question for how many layers several images share."""
SHORTEST: Final = 6
"""The fewest digits that can be recognised as the beginning of a digest."""


class ManifestAnswer(OneOf, frozen=True):
    """What is asked about what a registry holds: exactly one of these."""

    kinds: ClassVar = {"digest_of": "digest", "platforms_of": "set", "layers_shared_by": "number"}

    digest_of: str | None = None
    """The digest of what this reference names; with ``platform``, of its image for that platform."""
    platforms_of: str | None = None
    """The platforms for which there is an image under this reference."""
    layers_shared_by: tuple[str, ...] | None = None
    """How many layers the images of these references have in common."""
    platform: str = ""

    @property
    def references(self) -> tuple[str, ...]:
        """The references that it is about."""
        return tuple(filter(None, (self.digest_of, self.platforms_of, *(self.layers_shared_by or ()))))

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at: for a digest also the engine's images, whose digests are taken for it."""
        return (*map(StoredAt, self.references), *([ImageList()] if self.digest_of else []))

    @property
    def likely(self) -> frozenset[str]:
        """The names of the likely wrong answers that are computed."""
        return {"digest": DIGESTS, "number": COUNTS}.get(self.kind, frozenset())

    def right(self, past: Past) -> Evidence[frozenset[str]]:
        """The right answer at the newest look."""
        seen = [past.now(StoredAt(reference)) for reference in self.references]
        stored = [it.value for it in seen if isinstance(it, Found)]
        if unseen := next((it for it in seen if not isinstance(it, Found)), None):
            return unseen
        if self.layers_shared_by:
            return Found(frozenset({str(len(shared(stored)))}))
        if self.platforms_of:
            return Found(platforms(stored[0]))
        right = self._digest(stored[0])
        return Found(frozenset({right})) if right else Absent()

    def mistaken(self, past: Past) -> Mistaken:
        """The likely wrong answers at the newest look, by their names; none where something could not be seen."""
        seen = [past.now(StoredAt(reference)) for reference in self.references]
        stored = [it.value for it in seen if isinstance(it, Found)]
        if len(stored) < len(seen):
            return {}
        if self.layers_shared_by:
            return _counts(stored)
        images = past.now(ImageList())
        return self._digests(stored[0], images.value if isinstance(images, Found) else None) if self.digest_of else {}

    def _digest(self, stored: Stored) -> str:
        if not self.platform:
            return stored.digest
        return next((digest for digest, named in stored.platforms.items() if named == self.platform), "")

    def _digests(self, stored: Stored, images: Images | None) -> Mistaken:
        """What is taken for the digest, and is another one, or one of bytes that were changed on the way."""
        right, manifests = self._digest(stored), [Manifest(document) for document in _documents(stored)]
        is_several = is_index(parsed(stored.texts.get(stored.digest, "")), stored.type)
        found = {
            "config": {manifest.config.digest for manifest in manifests},
            "layer": {layer.digest for manifest in manifests for layer in manifest.layers},
            "index": {stored.digest} if is_several else set(),
            "platform": set(stored.platforms) if is_several else set(),
            "elsewhere": _known(images) - stored.texts.keys(),
            "changed": {digest_of(changed) for changed in _changed(stored.texts.get(right, "").encode())},
            "short": {right[:end] for end in range(len("sha256:") + SHORTEST, len(right))},
        }
        return {name: frozenset(values) - {right, ""} for name, values in found.items()}


def likely_names(given: frozenset[str], mistaken: Mistaken) -> frozenset[str]:
    """The names of the likely wrong answers that this one is."""
    found = frozenset(name for name, values in mistaken.items() if given <= values)
    is_digest = any(re.fullmatch("sha256:[0-9a-f]{64}", value) for value in given)
    return found or frozenset({OTHER} if is_digest else ())


def platforms(stored: Stored) -> frozenset[str]:
    """The platforms that there is an image for."""
    return frozenset(stored.platforms.values()) - {""}


def shared(several: Sequence[Stored]) -> frozenset[str]:
    """The digests of the layers that all of them have; none of no image."""
    layers = [_layers(stored) for stored in several]
    return frozenset.intersection(*layers) if layers else frozenset()


def _counts(several: Sequence[Stored]) -> Mistaken:
    """The counts of layers that are taken for the count of those that all have."""
    layers, right = [_layers(stored) for stored in several], len(shared(several))
    found = {"each": {len(it) for it in layers}, "together": {len(frozenset[str]().union(*layers))}}
    return {name: frozenset(map(str, counts - {right})) for name, counts in found.items()}


def _layers(stored: Stored) -> frozenset[str]:
    return frozenset(layer.digest for document in _documents(stored) for layer in Manifest(document).layers)


def _documents(stored: Stored) -> Iterator[Document]:
    """The manifests, without indexes."""
    return (document for text in stored.texts.values() if not is_index(document := parsed(text)))


def _known(images: Images | None) -> frozenset[str]:
    """The digests in the engine's names."""
    names = (name for image in images.listed for name in image.digests) if images else ()
    return frozenset(name.partition("@")[2] for name in names)


def _changed(written: bytes) -> Iterator[bytes]:
    """The same JSON as other programs print it: jq, jq in one line, and a shell from a variable."""
    if parsed(written):
        yield msgspec.json.format(written, indent=2) + b"\n"
        yield msgspec.json.format(written, indent=-1) + b"\n"
    yield written.rstrip(b"\n") + b"\n"
    yield written.rstrip(b"\n")
