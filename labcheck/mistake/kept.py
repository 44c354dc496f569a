"""The index of a source, cached like Python modules: beside them, in ``__pycache__``.

It is valid for the files' sizes and times, and for one labcheck.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import msgspec

from labcheck.build import build
from labcheck.mistake.index import Index


class Kept(msgspec.Struct, frozen=True):
    """An index, and which files and which labcheck it was made from."""

    made_of: bytes
    index: Index


def kept(folder: Path, package: str) -> Index:
    """The index of the source in this folder, from the cache, or read and then cached."""
    made_of = _signature(folder)
    place = beside(folder, "index")
    with suppress(OSError, msgspec.MsgspecError):
        found = msgspec.msgpack.decode(place.read_bytes(), type=Kept)
        if found.made_of == made_of and found.index.folder == str(folder):
            return found.index
    from labcheck.mistake.folder import source  # noqa: PLC0415 - YAML and all functions; what is kept needs none

    index = source(folder, package)
    keep(place, Kept(made_of, index))
    return index


def beside(folder: Path, name: str) -> Path:
    """Where Python would cache a module of this name."""
    return Path(cache_from_source(str(folder / f"{name}.py"))).with_suffix(".mistakes")


def keep(place: Path, made: msgspec.Struct) -> None:
    """Cache it, unless Python is told not to write caches or nothing can be written there."""
    if sys.dont_write_bytecode:
        return
    new = place.with_name(f"{place.name}.{os.getpid()}")  # whole or not there, whoever else does the same
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(msgspec.msgpack.encode(made))
        new.replace(place)


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
