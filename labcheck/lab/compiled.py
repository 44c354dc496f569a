"""The course's labs, compiled as Python compiles its modules: beside them, in ``__pycache__``, and only a cache.

What is kept is good for one text and one labcheck, and not looked at for any other. It needs no more trust than the
modules there: who may write in this folder may change labcheck itself.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import msgspec

from labcheck.build import build
from labcheck.lab.lab import Lab


class Compiled(msgspec.Struct, frozen=True):
    """A lab, and of which text by which labcheck it was made."""

    source: str
    lab: Lab


def compiled(file: Path, text: str) -> Lab | None:
    """The lab that was made of this text, if it was kept."""
    try:
        kept = msgspec.msgpack.decode(_place(file).read_bytes(), type=Compiled)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept.lab if kept.source == _source(text) else None


def keep(file: Path, text: str, lab: Lab) -> None:
    """Keep the lab that was made of this text, where Python would keep a module."""
    if sys.dont_write_bytecode:
        return
    place = _place(file)
    new = place.with_name(f"{place.name}.{os.getpid()}")  # whole or not there, whoever else does the same
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(msgspec.msgpack.encode(Compiled(_source(text), lab)))
        new.replace(place)


def _source(text: str) -> str:
    return sha256(build() + text.encode()).hexdigest()


def _place(file: Path) -> Path:
    return Path(cache_from_source(str(file))).with_suffix(".lab")
