"""The storage folder of a distribution registry, written as the registry itself would write it.

Blobs are stored under their digest; a repository is a few small files that contain digests. Writing them needs no
registry, no port and no waiting. It knows nothing about images: it stores bytes and gives them names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from labcheck.digest import digest_of

_ROOT = Path("docker/registry/v2")


class Store:
    """The storage folder of a registry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, blob: str) -> Path:
        """Where a blob's bytes are."""
        algorithm, _, value = blob.partition(":")
        return self.folder / _ROOT / "blobs" / algorithm / value[:2] / value / "data"

    def put(self, data: bytes) -> str:
        """Store some bytes; returns their digest."""
        named = digest_of(data)
        _write(self.path(named), data)
        return named

    def get(self, blob: str) -> bytes:
        """The bytes of a blob, verified: ValueError if they were damaged on disk."""
        data = self.path(blob).read_bytes()
        if digest_of(data) != blob:
            raise ValueError(f"{blob} does not match its digest")
        return data

    def tag(self, repository: str, names: list[str], manifest: str, blobs: list[str]) -> None:
        """Give a repository a manifest, the blobs it refers to, and names for it."""
        folder = self.folder / _ROOT / "repositories" / repository
        for blob in blobs:
            _link(folder / "_layers", blob)
        _link(folder / "_manifests/revisions", manifest)
        for name in names:
            tag = folder / "_manifests/tags" / name
            _write(tag / "current/link", manifest.encode())
            _link(tag / "index", manifest)

    def blobs(self) -> Iterator[str]:
        """The digests of all stored blobs, sorted."""
        for path in sorted((self.folder / _ROOT / "blobs").glob("*/*/*")):
            yield f"{path.parent.parent.name}:{path.name}"


def _link(folder: Path, blob: str) -> None:
    _write(folder.joinpath(*blob.split(":"), "link"), blob.encode())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
