"""The documents of a course image: its configuration, its manifest, and the index of them all.

Manifests are Docker's version 2, schema 2: every engine from 20.10 on can pull them, and no client fails because it did
not list the format in ``Accept``. The index is OCI's, so that a saved file is an OCI image layout.

These documents are written here and read back strictly. Documents of other origin are read by :mod:`labcheck.oci`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from labcheck import oci

MANIFEST = oci.DOCKER_MANIFEST
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
INDEX = oci.OCI_INDEX

PACKAGES = "labcheck.packages"
NAME = "io.containerd.image.name"
REF = "org.opencontainers.image.ref.name"


class Descriptor(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A reference to some bytes by kind, digest and size."""

    media_type: str
    digest: str
    size: int
    annotations: dict[str, str] = {}


class Manifest(msgspec.Struct, frozen=True, rename="camel"):
    """An image: its configuration and its layers."""

    schema_version: int
    media_type: str
    config: Descriptor
    layers: list[Descriptor]


class Index(msgspec.Struct, frozen=True, rename="camel"):
    """The images of a set: one descriptor for each name, annotated with that name."""

    schema_version: int
    media_type: str
    manifests: list[Descriptor]


class RootFS(msgspec.Struct, frozen=True):
    """The digests of the uncompressed layers."""

    type: str
    diff_ids: list[str]


class Config(msgspec.Struct, frozen=True):
    """An image's configuration, in the engine's format."""

    architecture: str
    os: str
    created: str
    config: dict[str, Any]
    rootfs: RootFS
    history: list[dict[str, Any]]


def encode(document: Manifest | Index | Config) -> bytes:
    """A document as bytes, always the same for the same document."""
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=3)
