"""What OCI specifies: descriptors, manifests, indexes, configs. Views over the bytes a registry stores.

Digests are over bytes, so manifests are kept byte for byte and only read here. The Docker formats of 2015
("schema 2", "manifest list") have the same fields and are read by the same views.

Source: opencontainers/image-spec, manifest.md, image-index.md, config.md, descriptor.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from labcheck.cached import cached_property
from labcheck.document import Document, items, mapping, number, text, texts

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
MANIFEST_TYPES = (OCI_INDEX, OCI_MANIFEST, DOCKER_INDEX, DOCKER_MANIFEST)
"""Everything ``Accept`` must list: a registry answers 404 for a manifest in a format that is not listed."""

IMAGE_CONFIGS = frozenset(
    {"", "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"}
)
IMAGE_LAYER: Final = re.compile(r"^$|\.tar\b|[.+]diff\b")
"""What an engine unpacks: ``application/vnd.oci.image.layer.v1.tar+gzip``, Docker's ``...rootfs.diff.tar.gzip``."""
INDEX_TYPES = frozenset({OCI_INDEX, DOCKER_INDEX})
ATTESTATION = "vnd.docker.reference.type"
ABOUT: Final = re.compile(r"(sha256|sha512)-([0-9a-f]{64,128})(?:\.(?:sig|att|sbom))?")
"""A tag that says what the thing is about: cosign's, and the one where a registry cannot tell what refers to it."""


class Descriptor(msgspec.Struct, frozen=True):
    """A pointer to content: what it is, how long, and its digest."""

    document: Document

    @property
    def digest(self) -> str:
        """The digest, as ``sha256:...``."""
        return text(self.document, "digest")

    @property
    def media_type(self) -> str:
        """What it points to, as a media type."""
        return text(self.document, "mediaType")

    @property
    def size(self) -> int:
        """How many bytes that is."""
        return max(number(self.document, "size"), 0)

    @property
    def platform(self) -> str:
        """The platform that the index gives for it, as ``linux/amd64``, or the empty string."""
        system, processor = text(self.document, "platform", "os"), text(self.document, "platform", "architecture")
        return f"{system}/{processor}" if system else ""

    @property
    def is_attestation(self) -> bool:
        """Whether it is BuildKit's record of how the image was built, not an image to run."""
        return bool(text(self.document, "annotations", ATTESTATION))


class Manifest(msgspec.Struct, frozen=True):
    """One image for one platform: a config and layers."""

    document: Document

    @property
    def config(self) -> Descriptor:
        """Where the config is."""
        return Descriptor(mapping(self.document, "config"))

    @property
    def layers(self) -> tuple[Descriptor, ...]:
        """Where the (compressed) layers are, the lowest first."""
        return tuple(Descriptor(layer) for layer in items(self.document, "layers") if isinstance(layer, dict))

    @property
    def artifact_type(self) -> str:
        """What it is, where it is no image: as it says itself, or else by its config, or by what it has for layers.

        ``cosign upload blob`` gives it an image's config; no engine unpacks layers of another type than an image's.
        """
        if said := text(self.document, "artifactType"):
            return said
        if self.config.media_type not in IMAGE_CONFIGS:
            return self.config.media_type
        types = [layer.media_type for layer in self.layers]
        return types[0] if types and not any(map(IMAGE_LAYER.search, types)) else ""

    @property
    def subject(self) -> str:
        """The digest of the manifest that this one is about, as a signature is, or the empty string."""
        return text(self.document, "subject", "digest")


class Index(msgspec.Struct, frozen=True):
    """One name for several platforms: a list of manifests."""

    document: Document

    @property
    def manifests(self) -> tuple[Descriptor, ...]:
        """Where the manifests are."""
        return tuple(Descriptor(entry) for entry in items(self.document, "manifests") if isinstance(entry, dict))


class Unpacked(msgspec.Struct, frozen=True):
    """An image for one platform, as it would be on an engine: its unpacked layers, and the digest of its settings."""

    layers: tuple[str, ...]
    configuration: str


class Stored(msgspec.Struct, frozen=True, dict=True):
    """What a registry holds under one reference, including everything that was followed from it.

    The document has ``digest`` and ``type`` of what the reference names; ``manifests``, a mapping from digest to the
    exact text; ``platforms``, for each manifest of an image its digest, platform, unpacked layers and
    configuration; and ``missing``, the digests of manifests and blobs that the registry refers to but does not have.
    """

    document: Document

    @cached_property
    def digest(self) -> str:
        """The digest of what the reference names, computed from its bytes."""
        return text(self.document, "digest")

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What the registry refers to but does not have; an image with a missing blob cannot be pulled."""
        return texts(self.document, "missing")

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Each manifest and index that was read, byte for byte, by its digest."""
        return {key: value for key, value in mapping(self.document, "manifests").items() if isinstance(value, str)}

    @cached_property
    def _read(self) -> Mapping[str, Document]:
        """Each of them, read."""
        return {digest: parsed(written) for digest, written in self.texts.items()}

    @cached_property
    def type(self) -> str:
        """The media type of what the reference names."""
        return text(self.document, "type")

    @cached_property
    def artifact_type(self) -> str:
        """What it says that it is, by its artifact type or its config's media type, if it is no image; else empty."""
        return "" if self.is_index else Manifest(self._top).artifact_type

    @cached_property
    def is_index(self) -> bool:
        """Whether the reference names an index rather than a manifest."""
        return is_index(self._top, self.type)

    @cached_property
    def _top(self) -> Document:
        return self._read.get(self.digest, {})

    def lacks(self, platform: str) -> bool:
        """Whether an index names an image for this platform, and the registry has none, while it may have others."""
        here = {*self.platforms.values(), *(it.platform for it in self._entries if it.digest in self.texts)}
        return platform not in here and any(it.platform == platform for it in self._entries)

    @cached_property
    def _entries(self) -> tuple[Descriptor, ...]:
        """What each index names."""
        return tuple(entry for document in self._read.values() for entry in Index(document).manifests)

    @cached_property
    def platforms(self) -> Mapping[str, str]:
        """The platform of each image, by its manifest's digest, as its config has it."""
        return {text(image, "digest"): text(image, "platform") for image in items(self.document, "platforms")}

    @cached_property
    def images(self) -> tuple[Unpacked, ...]:
        """Each image under the reference, one entry per platform."""
        images = items(self.document, "platforms")
        return tuple(Unpacked(texts(image, "layers"), text(image, "configuration")) for image in images)

    @cached_property
    def layers(self) -> tuple[tuple[str, ...], ...]:
        """The unpacked layers of each image under the reference, one entry per platform."""
        return tuple(image.layers for image in self.images)

    @cached_property
    def identities(self) -> frozenset[str]:
        """Every digest that an engine may use as the image's id: of the index, the manifests, the configs."""
        configs = (Manifest(document).config.digest for document in self._read.values())
        return frozenset({self.digest, *self.texts, *configs} - {""})


def about(tag: str) -> str:
    """The digest of the image that a thing with this tag stands beside, as a signature does; else the empty string."""
    found = ABOUT.fullmatch(tag)
    return f"{found[1]}:{found[2]}" if found else ""


def parsed(body: bytes | str) -> Document:
    """The JSON object in the body, or an empty one if there is none."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def is_index(document: Document, media_type: str = "") -> bool:
    """Whether this is an index rather than a manifest; what the document itself says takes precedence."""
    return (text(document, "mediaType") or media_type) in INDEX_TYPES or ("manifests" in document)
