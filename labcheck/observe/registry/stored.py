"""What a registry holds under one reference, followed down to the last blob.

An index is followed to its manifests, a manifest to its config and its layers. What counts as missing:

- a blob that a manifest refers to but the registry does not have;
- a manifest that an index refers to but the registry does not have, but only if no image of the index is complete:
  from the containerd image store, an index may be pushed with just one of its platforms.
"""

from __future__ import annotations

import msgspec

from labcheck import configuration
from labcheck.document import Document, items, text, texts
from labcheck.observe.registry.api import Registry
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.registry.repository import Read, Repository
from labcheck.oci import Index, Manifest, is_index
from labcheck.reference import DEFAULT_TAG, Reference
from labcheck.snapshot import Absent, Evidence, Found


def stored(registry: Registry, reference: Reference, cache: RegistryCache) -> Evidence[Document]:
    """What the registry holds there; absent if it says that it has no such manifest or repository.

    The reference's own manifest is always requested; what is below it comes from the ``cache`` if it was found before.
    """
    repository = Repository(registry, reference.path, cache)
    top = repository.named(reference.digest or reference.tag or DEFAULT_TAG)
    if top is None:
        return Absent()
    found = _images(repository, top)
    return Found(
        {
            "digest": top.digest,
            "type": top.media_type,
            "manifests": repository.texts,
            "platforms": found.platforms,
            "missing": list(dict.fromkeys(found.missing)),
        }
    )


class _Images(msgspec.Struct, frozen=True):
    """The images under a manifest or an index."""

    platforms: list[Document] = msgspec.field(default_factory=list)
    missing: list[str] = msgspec.field(default_factory=list)


def _images(repository: Repository, read: Read, platform: str = "") -> _Images:
    """The images of each platform, and what is missing of them."""
    if not is_index(read.document, read.media_type):
        return _image(repository, read, platform)
    found, absent = _Images(), []
    is_any_complete = False
    for entry in Index(read.document).manifests:
        if entry.is_attestation:
            continue
        child = repository.manifest(entry)
        if child is None:
            absent.append(entry.digest)
            continue
        inner = _images(repository, child, entry.platform)
        is_any_complete |= not inner.missing
        found.platforms.extend(inner.platforms)
        found.missing.extend(inner.missing)
    return found if is_any_complete else _Images(found.platforms, absent + found.missing)


def _image(repository: Repository, read: Read, platform: str) -> _Images:
    manifest = Manifest(read.document)
    config = repository.config(manifest.config)
    missing = [] if config is not None else [manifest.config.digest]
    # A layer that must not be redistributed (Windows has such layers) is not in the registry but at its URLs.
    missing += [
        layer.digest
        for layer in manifest.layers
        if not items(layer.document, "urls") and not repository.has_layer(layer)
    ]
    system, processor = text(config, "os"), text(config, "architecture")
    entry = {
        "digest": read.digest,
        "platform": f"{system}/{processor}" if system else platform,
        "layers": list(texts(config, "rootfs", "diff_ids")),
        "configuration": configuration.stored(config),
    }
    return _Images([entry], missing)
