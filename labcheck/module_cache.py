"""What was computed from a file, cached as Python caches modules: beside it, in ``__pycache__``.

It is only a cache: what cannot be read is computed again. It needs no more trust than the modules there: whoever may
write in this folder may change labcheck itself.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

import msgspec

from labcheck.files import write_whole
from labcheck.ready import ready

T = TypeVar("T")


def place_of(source: Path, suffix: str) -> Path:
    """Where Python would cache a module made from this file; the suffix says what it is that is cached."""
    return Path(cache_from_source(str(source))).with_suffix(suffix)


def cached(place: Path, kind: type[T]) -> T | None:
    """What is cached there, if it can be read; whether it is still valid, its reader must know."""
    try:
        return msgspec.msgpack.decode(place.read_bytes(), type=ready(kind))
    except (OSError, msgspec.MsgspecError):
        return None


def keep(place: Path, made: msgspec.Struct) -> None:
    """Cache it, unless Python is told not to write caches or nothing can be written there."""
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, msgspec.msgpack.encode(made))
