"""The index of a source, cached like Python modules: beside them, in ``__pycache__``.

It is valid for the files' sizes and times, and for one labcheck.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from labcheck import module_cache
from labcheck.build import build
from labcheck.mistake.index import Index


class Kept(msgspec.Struct, frozen=True):
    """An index, and which files and which labcheck it was made from."""

    made_of: bytes
    index: Index


def kept(folder: Path, package: str) -> Index:
    """The index of the source in this folder, from the cache, or read and then cached."""
    made_of = _signature(folder)
    place = place_of(folder, "index")
    found = module_cache.cached(place, Kept)
    if found and found.made_of == made_of and found.index.folder == str(folder):
        return found.index
    from labcheck.mistake.folder import source  # noqa: PLC0415 - YAML and all functions; what is kept needs none

    index = source(folder, package)
    module_cache.keep(place, Kept(made_of, index))
    return index


def place_of(folder: Path, name: str) -> Path:
    """Where something about the mistakes in this folder is cached."""
    return module_cache.place_of(folder / f"{name}.py", ".mistakes")


def _signature(folder: Path) -> bytes:
    return repr((build(), sorted(_files(str(folder))))).encode()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Place, time and size of each file that an index is made from."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(("_", ".")):
                continue
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size
