"""What a registry holds: repositories, their tags, what these name, and the blobs below, read from one look.

What could not be seen keeps its reason, at the place where it would stand: it is never the same as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from labcheck.oci import Descriptor, Index, Manifest, Stored, about, is_index, parsed
from labcheck.query import Catalog, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Snapshot, Unknown

SIGNATURE: Final = re.compile(r"cosign\.simplesigning|notary\.signature|sigstore\.bundle")
ATTESTATION: Final = re.compile(r"in-toto|dsse\.envelope")
BILL: Final = re.compile(r"spdx|cyclonedx|syft")
HELM: Final = "vnd.cncf.helm"


class Tag(msgspec.Struct, frozen=True):
    """A tag, and the digest that it names; where that could not be seen, why not."""

    name: str
    digest: str = ""
    trouble: str = ""


class Repository(msgspec.Struct, frozen=True):
    """A repository and its tags; where they could not be seen, why not; ``unread`` tags were not asked for."""

    name: str
    tags: tuple[Tag, ...] = ()
    trouble: str = ""
    unread: int = 0


class Blob(msgspec.Struct, frozen=True):
    """Bytes that a manifest points to: a layer, a config, an artifact's file."""

    digest: str
    size: int
    media_type: str = ""
    is_missing: bool = False


class Held(msgspec.Struct, frozen=True):
    """A manifest or an index. ``text`` is it, byte for byte; empty where it was not read."""

    digest: str
    kind: str
    """``index``, ``image``, ``signature``, ``attestation``, ``SBOM``, ``Helm chart`` or ``artifact``."""
    size: int
    text: str = ""
    platform: str = ""
    artifact_type: str = ""
    about: str = ""
    """The digest of the manifest that it is about."""
    config: Blob | None = None
    layers: tuple[Blob, ...] = ()
    manifests: tuple[str, ...] = ()
    is_missing: bool = False

    @property
    def lacks(self) -> tuple[Blob, ...]:
        """Its blobs that the registry does not have; a repository may lack what another one has."""
        return tuple(blob for blob in (self.config, *self.layers) if blob and blob.is_missing)


class Contents(msgspec.Struct, frozen=True):
    """All that was seen in a registry. With ``trouble``, nobody could look, and all else is empty."""

    domain: str
    repositories: tuple[Repository, ...] = ()
    held: dict[str, Held] = {}
    """Manifests and indexes by digest, in the order in which their names lead to them."""
    trouble: str = ""
    unread: int = 0
    """How many repositories were not asked for."""

    @property
    def layers(self) -> dict[str, tuple[Blob, tuple[str, ...]]]:
        """Each layer once, and the digests of the manifests that have it, in their order."""
        found: dict[str, tuple[Blob, tuple[str, ...]]] = {}
        for held in self.held.values():
            for layer in held.layers:
                blob, owners = found.get(layer.digest, (layer, ()))
                found[layer.digest] = layer if layer.is_missing else blob, tuple(dict.fromkeys((*owners, held.digest)))
        return found


def contents(domain: str, snapshot: Snapshot) -> Contents:
    """What this look saw of the registry."""
    listed = snapshot.ask(Catalog(domain))
    if not isinstance(listed, Found):
        return Contents(domain, trouble=listed.reason if isinstance(listed, Unknown) else "It lists no repositories.")
    held: dict[str, Held] = {}
    asked = {answer.query for answer in snapshot.answers}
    names = [name for name in listed.value if Tags(domain, name) in asked]
    repositories = tuple(_repository(domain, name, snapshot, held) for name in names)
    return Contents(domain, repositories, held, unread=len(listed.value) - len(names))


def _repository(domain: str, name: str, snapshot: Snapshot, held: dict[str, Held]) -> Repository:
    tags = snapshot.ask(Tags(domain, name))
    if isinstance(tags, Unknown):
        return Repository(name, trouble=tags.reason)
    if isinstance(tags, Absent):
        return Repository(name)
    asked = {answer.query for answer in snapshot.answers}
    read = [tag for tag in tags.value if StoredAt(f"{domain}/{name}:{tag}") in asked]
    found = tuple(_tag(tag, snapshot.ask(StoredAt(f"{domain}/{name}:{tag}")), held) for tag in read)
    return Repository(name, found, unread=len(tags.value) - len(read))


def _tag(name: str, stored: Evidence[Stored], held: dict[str, Held]) -> Tag:
    """The tag; what it names is added to what is held."""
    match stored:
        case Found(value):
            for it in _all_held(value, name):
                if it.digest not in held or not held[it.digest].text or it.lacks:
                    held[it.digest] = it
            return Tag(name, value.digest)
        case Unknown(reason):
            return Tag(name, trouble=reason)
        case _:
            return Tag(name, trouble="The tag is listed, and names nothing that is there.")


def _all_held(stored: Stored, tag: str) -> Iterator[Held]:
    """The manifest or index of a tag, and the manifests below it."""
    texts, missing = stored.texts, frozenset(stored.missing)
    below: dict[str, Descriptor] = {}
    for digest, written in texts.items():
        document = parsed(written)
        if is_index(document, stored.type if digest == stored.digest else ""):
            below |= {entry.digest: entry for entry in Index(document).manifests}
    for digest, written in texts.items():
        is_top = digest == stored.digest
        platform = stored.platforms.get(digest, "")
        yield _held(digest, written, stored.type if is_top else "", platform, missing, about(tag) if is_top else "")
    for digest, entry in below.items():
        if digest not in texts:
            kind = "attestation" if entry.is_attestation else "image"
            yield Held(digest, kind, entry.size, platform=entry.platform, is_missing=not entry.is_attestation)


def _held(digest: str, written: str, media_type: str, platform: str, missing: frozenset[str], about: str) -> Held:  # noqa: PLR0913, PLR0917 - what is known of one
    document, size = parsed(written), len(written.encode())
    if is_index(document, media_type):
        entries = tuple(entry.digest for entry in Index(document).manifests)
        return Held(digest, "index", size, written, about=about, manifests=entries)
    manifest = Manifest(document)
    return Held(
        digest,
        _kind(manifest),
        size,
        written,
        platform=platform,
        artifact_type=manifest.artifact_type,
        about=manifest.subject or about,
        config=_blob(manifest.config, missing),
        layers=tuple(_blob(layer, missing) for layer in manifest.layers),
    )


def _kind(manifest: Manifest) -> str:
    """What a manifest is of, by the media types it names."""
    types = " ".join((manifest.artifact_type, *(layer.media_type for layer in manifest.layers)))
    for pattern, kind in ((SIGNATURE, "signature"), (ATTESTATION, "attestation"), (BILL, "SBOM")):
        if pattern.search(types):
            return kind
    if HELM in manifest.artifact_type:
        return "Helm chart"
    return "artifact" if manifest.artifact_type else "image"


def _blob(descriptor: Descriptor, missing: frozenset[str]) -> Blob:
    return Blob(descriptor.digest, descriptor.size, descriptor.media_type, descriptor.digest in missing)
