"""A set of course images of a few kilobytes, and ways to write it as a file, for tests that need no packages."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path

from labcheck.digest import digest_of
from labcheck.sandbox.images import archive, recipe
from labcheck.sandbox.images.layer import Entry, Layer, file_of, pack
from labcheck.sandbox.images.manifest import (
    CONFIG,
    INDEX,
    LAYER,
    MANIFEST,
    NAME,
    PACKAGES,
    Config,
    Descriptor,
    Index,
    Manifest,
    RootFS,
    encode,
)
from labcheck.sandbox.images.packages import architecture
from labcheck.sandbox.images.store import Store

Members = dict[str, bytes]
Change = Callable[[str, dict[str, object]], None]


def small_course(
    folder: Path,
    *,
    machine: str = "",
    layer: Layer | None = None,
    labels: str = "tiny 1.0-1",
    created: str = "2026-01-01T00:00:00Z",
) -> Path:
    """Write a small set of images into a folder: one layer each, with what the mirror needs in it."""
    layer = layer or pack({"/usr/bin/docker-registry": file_of(b"\x7fELF..."), "/bin": Entry(target="usr/bin")}, 1)
    store, names = Store(folder), list[Descriptor]()
    for name in recipe.image_names():
        settings = {"Cmd": [name], "Labels": {PACKAGES: labels}}
        rootfs = RootFS("layers", [layer.diff_id])
        config = encode(Config(machine or architecture(), "linux", created, settings, rootfs, []))
        manifest = encode(
            Manifest(
                2,
                MANIFEST,
                Descriptor(CONFIG, store.put(config), len(config)),
                [Descriptor(LAYER, store.put(layer.compressed), len(layer.compressed))],
            )
        )
        names.append(_named(store.put(manifest), len(manifest), name))
    (folder / "index.json").write_bytes(encode(Index(2, INDEX, names)))
    return folder


def _named(blob: str, size: int, name: str) -> Descriptor:
    return Descriptor(MANIFEST, blob, size, {NAME: f"docker.io/library/{name}:latest"})


def members(folder: Path) -> Members:
    """What a saved file of this set holds."""
    file = io.BytesIO()
    archive.write(folder, file)
    file.seek(0)
    with tarfile.open(fileobj=file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr] # all are files


def tar_of(entries: Members, more: Iterable[tarfile.TarInfo] = ()) -> bytes:
    """A plain tar of these files, and of headers that have no content."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in entries.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            tar.addfile(header, io.BytesIO(data))
        for header in more:
            tar.addfile(header)
    return file.getvalue()


def with_blob(entries: Members, data: bytes) -> Members:
    """The same, and one blob more."""
    return entries | {f"blobs/{digest_of(data).replace(':', '/')}": data}
