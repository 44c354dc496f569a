"""The course images as one file, to take to a classroom without a network: an OCI image layout in a plain tar.

Reading one trusts nothing: it accepts only the names and kinds of entry that writing produces, bounds sizes, and
recomputes every digest. What a layer's program does when it runs cannot be checked; load a file only from a source that
you would install a package from.
"""

from __future__ import annotations

import io
import re
import tarfile
import zlib
from pathlib import Path
from typing import IO

import msgspec

from labcheck.digest import digest_of
from labcheck.ready import ready
from labcheck.sandbox.images import recipe
from labcheck.sandbox.images.layer import walk
from labcheck.sandbox.images.manifest import CONFIG, INDEX, LAYER, MANIFEST, NAME, Config, Descriptor, Index, Manifest
from labcheck.sandbox.images.store import Store

_LAYOUT = b'{"imageLayoutVersion": "1.0.0"}'
_BLOB = re.compile(r"blobs/sha256/[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAMED = re.compile(r"docker\.io/library/([a-z0-9-]{1,40}):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})")

# Far above what the course needs, far below what would hurt. The last limit is for decompressed layers.
_MOST_DOCUMENT, _MOST_BLOB, _MOST_IN_ALL, _MOST_PLAIN, _MOST_NAMES = 1 << 20, 128 << 20, 512 << 20, 256 << 20, 100


def write(folder: Path, file: IO[bytes]) -> None:
    """Write the images in ``folder`` as one tar, the same bytes for the same images. ValueError if they are damaged."""
    store = Store(folder)
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8") as tar:
        _member(tar, "oci-layout", _LAYOUT)
        _member(tar, "index.json", (folder / "index.json").read_bytes())
        for blob in store.blobs():
            _member(tar, "blobs/" + blob.replace(":", "/"), store.get(blob))


def _member(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    header = tarfile.TarInfo(name)
    header.size = len(data)
    tar.addfile(header, io.BytesIO(data))


def read(file: IO[bytes], folder: Path, architecture: str) -> None:
    """Read a tar into ``folder``, verifying everything; the caller removes the folder if this raises ValueError."""
    try:
        store, index = _unpack(file, folder)
        names = _names(index)
        reached = {blob for digest_ in set(names) for blob in _image(digest_, names[digest_], store, architecture)}
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("a document in it is not as labcheck writes it") from error
    except FileNotFoundError as error:
        raise ValueError("something is missing from it") from error
    except zlib.error as error:
        raise ValueError("a layer in it is damaged") from error
    if set(store.blobs()) != reached:
        raise ValueError("it contains something that no image refers to")
    if absent := set(recipe.image_names()) - {name for image in names.values() for name, _, _ in image}:
        raise ValueError(f"it lacks {', '.join(sorted(absent))}")


def _unpack(file: IO[bytes], folder: Path) -> tuple[Store, Index]:
    store, seen, total = Store(folder), set[str](), 0
    for header, content in walk(file, _MOST_BLOB):
        total += header.size
        if header.type != tarfile.REGTYPE or header.name in seen or total > _MOST_IN_ALL:
            raise ValueError(f"an entry in it is not as labcheck writes it: {header.name[:80]!r}")
        seen.add(header.name)
        if _BLOB.fullmatch(header.name):
            if store.put(content.read()) != header.name.removeprefix("blobs/").replace("/", ":"):
                raise ValueError("its contents do not match its digests")
        elif header.name == "index.json":
            (folder / "index.json").write_bytes(content.read(_MOST_DOCUMENT))
        elif header.name != "oci-layout":
            raise ValueError(f"an entry in it is not as labcheck writes it: {header.name[:80]!r}")
    return store, msgspec.json.decode((folder / "index.json").read_bytes(), type=ready(Index))


def _names(index: Index) -> dict[str, list[tuple[str, str, int]]]:
    """Manifest digest -> the (repository, tag, size) triples that name it."""
    names: dict[str, list[tuple[str, str, int]]] = {}
    if index.media_type != INDEX or len(index.manifests) > _MOST_NAMES:
        raise ValueError("its index is not as labcheck writes it")
    for entry in index.manifests:
        named = _NAMED.fullmatch(entry.annotations.get(NAME, ""))
        if entry.media_type != MANIFEST or not named or named[1] not in recipe.image_names():
            raise ValueError("it names an image that the course does not have")
        names.setdefault(entry.digest, []).append((named[1], named[2], entry.size))
    return names


def _image(manifest: str, named: list[tuple[str, str, int]], store: Store, architecture: str) -> list[str]:
    """Verify one image, tag it, and return all the digests it consists of."""
    data = _document(store, manifest, {size for _, _, size in named})
    image = msgspec.json.decode(data, type=ready(Manifest))
    if (image.media_type, image.config.media_type) != (MANIFEST, CONFIG):
        raise ValueError("an image in it is of a kind that labcheck does not write")
    config = msgspec.json.decode(_document(store, image.config.digest, {image.config.size}), type=ready(Config))
    if config.architecture != architecture:
        raise ValueError(f"its images are for {config.architecture[:20]!r}, and this machine is {architecture}")
    if not _TIME.fullmatch(config.created):
        raise ValueError("an image in it has an invalid creation time")
    if len(config.rootfs.diff_ids) != len(image.layers):
        raise ValueError("an image in it has the wrong number of layers")
    for layer, diff_id in zip(image.layers, config.rootfs.diff_ids, strict=True):
        _layer(store, layer, diff_id)
    blobs = [image.config.digest, *(layer.digest for layer in image.layers)]
    for repository, tag, _ in named:
        store.tag(f"library/{repository}", [tag], manifest, blobs)
    return [manifest, *blobs]


def _document(store: Store, blob: str, sizes: set[int]) -> bytes:
    _held(store, blob, sizes)
    if max(sizes) > _MOST_DOCUMENT:
        raise ValueError("a document in it is too long")
    return store.path(blob).read_bytes()


def _layer(store: Store, layer: Descriptor, diff_id: str) -> None:
    _held(store, layer.digest, {layer.size})
    gunzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    plain = gunzip.decompress(store.path(layer.digest).read_bytes(), _MOST_PLAIN)
    whole = gunzip.eof and not gunzip.unused_data
    if layer.media_type != LAYER or digest_of(plain) != diff_id or not whole:
        raise ValueError("a layer in it does not match its image")


def _held(store: Store, blob: str, sizes: set[int]) -> None:
    # The pattern prevents an invalid digest from becoming a path.
    if not _BLOB.fullmatch("blobs/" + blob.replace(":", "/")) or {store.path(blob).stat().st_size} != sizes:
        raise ValueError("an image in it refers to something that is missing")
