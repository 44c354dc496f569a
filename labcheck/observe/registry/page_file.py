"""Which layers of an image in a registry have a certain file, and whether it says certain words.

Only the topmost layers are read, and only small ones: an edit adds a small layer on top, and what is below came from
elsewhere. Of the file itself nothing is kept.

Source: opencontainers/image-spec, layer.md, for what a layer removes from those below.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Final, Literal, TypeAlias

from labcheck.document import Document, texts
from labcheck.observe.http.client import MEBIBYTE
from labcheck.observe.registry.api import Registry
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.registry.repository import Read, Repository
from labcheck.oci import Index, Manifest, is_index
from labcheck.query import PageStored
from labcheck.reference import DEFAULT_TAG, Reference
from labcheck.snapshot import Absent, Evidence, Found
from labcheck.words import says

InLayer: TypeAlias = Literal["says", "other", "none", "removed", "unread"]

MOST_IMAGES: Final = 4
MOST_LAYERS: Final = 8
LARGEST: Final = MEBIBYTE
"""The most bytes of a layer as the registry has it, and of the file."""
LARGEST_UNPACKED: Final = 8 * MEBIBYTE
GZIP: Final = b"\x1f\x8b"
ANY_FORMAT: Final = 32 + zlib.MAX_WBITS
WHITEOUT: Final = ".wh."
OPAQUE: Final = ".wh..wh..opq"


def page_stored(
    registry: Registry, reference: Reference, query: PageStored, cache: RegistryCache
) -> Evidence[Document]:
    """The layers from the top down to the first that decides what the file is; absent if there is no such image."""
    repository = Repository(registry, reference.path, cache)
    top = repository.named(reference.digest or reference.tag or DEFAULT_TAG)
    if top is None:
        return Absent()
    images = list(_images(repository, top))
    return Found({"layers": [layer for image in images for layer in _layers(repository, image, query)]})


def _images(repository: Repository, top: Read) -> Iterator[Read]:
    if not is_index(top.document, top.media_type):
        yield top
        return
    entries = [entry for entry in Index(top.document).manifests if not entry.is_attestation]
    for entry in entries[:MOST_IMAGES]:
        image = repository.manifest(entry)
        if image is not None and not is_index(image.document, image.media_type):
            yield image


def _layers(repository: Repository, image: Read, query: PageStored) -> Iterator[Document]:
    manifest = Manifest(image.document)
    unpacked = texts(repository.config(manifest.config), "rootfs", "diff_ids")
    both = list(zip(manifest.layers, unpacked, strict=False))[::-1]
    for layer, digest in both[:MOST_LAYERS]:
        read = partial(_in_layer, path=query.path.strip("/"), words=query.words)
        found = repository.read_layer(layer, LARGEST, f"{query.path} {query.words}", read) or "unread"
        yield {"layer": digest, "file": found}
        if found in {"says", "other", "removed"}:
            return


def _in_layer(packed: bytes, path: str, words: str) -> InLayer:
    """What this layer makes of the file."""
    import tarfile  # noqa: PLC0415 - only where a layer is read

    removed = False
    try:
        with tarfile.open(fileobj=io.BytesIO(_unpacked(packed))) as archive:
            for member in archive:
                name = member.name.removeprefix("./").strip("/")
                if name == path:
                    file = archive.extractfile(member) if member.isreg() and member.size <= LARGEST else None
                    return "says" if file and says(file.read(), words) else "other"
                # What a layer removes is below it; the layer itself may have the file again.
                removed = removed or _removes(name, path)
    except (tarfile.TarError, zlib.error, OverflowError, EOFError, ValueError):
        return "unread"
    return "removed" if removed else "none"


def _removes(name: str, path: str) -> bool:
    """Whether an entry of this name takes away the file, or a folder that it is in."""
    folder, _, last = name.rpartition("/")
    if last == OPAQUE:
        return path.startswith(f"{folder}/")
    gone = f"{folder}/{last.removeprefix(WHITEOUT)}".strip("/")
    return last.startswith(WHITEOUT) and f"{path}/".startswith(f"{gone}/")


def _unpacked(packed: bytes) -> bytes:
    """The archive; raises :class:`ValueError` if it is larger than is read, or packed in another way."""
    if not packed.startswith(GZIP):
        return packed
    unpacking = zlib.decompressobj(ANY_FORMAT)
    archive = unpacking.decompress(packed, LARGEST_UNPACKED)
    if unpacking.unconsumed_tail:
        raise ValueError(len(archive))
    return archive
