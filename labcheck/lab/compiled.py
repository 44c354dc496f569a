"""The course's labs, compiled like Python modules: cached beside them, in ``__pycache__``.

A cached lab is valid for one text and one labcheck only. It needs no more trust than the modules there: whoever may
write in this folder may change labcheck itself.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import msgspec

from labcheck.build import build
from labcheck.digest import digest_of
from labcheck.files import write_whole
from labcheck.lab.lab import Lab


class Compiled(msgspec.Struct, frozen=True):
    """A lab, and the text and the labcheck it was compiled from."""

    source: str
    lab: Lab


def compiled(file: Path, text: str) -> Lab | None:
    """The lab compiled from this text, if it is cached."""
    try:
        kept = msgspec.msgpack.decode(_place(file).read_bytes(), type=Compiled)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept.lab if kept.source == _source(text) else None


def keep(file: Path, text: str, lab: Lab) -> None:
    """Cache the lab compiled from this text where Python would cache a module."""
    if sys.dont_write_bytecode:
        return
    place = _place(file)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, msgspec.msgpack.encode(Compiled(_source(text), lab)))


def _source(text: str) -> str:
    return digest_of(build() + text.encode())


def _place(file: Path) -> Path:
    return Path(cache_from_source(str(file))).with_suffix(".lab")
