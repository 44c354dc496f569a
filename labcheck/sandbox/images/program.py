"""The registry program for the mirror, extracted from the course's own registry image.

Mirror and learner's registry use the same bytes, whether the images were built here or loaded from a file. They run
with the image's own loader and C library, so they do not depend on this machine's.
"""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path, PurePosixPath

import msgspec

from labcheck.ready import ready
from labcheck.sandbox.images.layer import walk
from labcheck.sandbox.images.libraries import LOADERS
from labcheck.sandbox.images.manifest import NAME, Index, Manifest
from labcheck.sandbox.images.store import Store

_FOLDER = "mirror"
_PROGRAM = "usr/bin/docker-registry"
_MOST = 128 << 20


def extract(folder: Path) -> None:
    """Extract program, loader and libraries from the registry image in ``folder``. ValueError if there is none."""
    store = Store(folder)
    index = msgspec.json.decode((folder / "index.json").read_bytes(), type=ready(Index))
    manifest = next(
        entry.digest
        for entry in index.manifests
        if entry.annotations.get(NAME, "").startswith("docker.io/library/registry:")
    )
    place = folder / _FOLDER
    place.mkdir()
    for layer in msgspec.json.decode(store.get(manifest), type=ready(Manifest)).layers:
        with gzip.open(store.path(layer.digest)) as stream:
            for header, content in walk(stream, _MOST):
                path = PurePosixPath(header.name)
                if header.type == tarfile.REGTYPE and (header.name == _PROGRAM or _is_library(path)):
                    (place / path.name).write_bytes(content.read())
                    (place / path.name).chmod(0o755)
    if not (place / PurePosixPath(_PROGRAM).name).is_file():
        raise ValueError("its registry image contains no registry")


def command(folder: Path, architecture: str) -> list[str]:
    """How to run the program; its subcommand and arguments follow."""
    place = folder / _FOLDER
    loader = place / PurePosixPath(LOADERS[architecture]).name
    return [str(loader), "--library-path", str(place), str(place / PurePosixPath(_PROGRAM).name)]


def _is_library(path: PurePosixPath) -> bool:
    return path.is_relative_to("usr/lib64") or (path.is_relative_to("usr/lib") and ".so" in path.name)
