"""The course's labs, compiled like Python modules: a compiled lab is valid for one text and one labcheck only."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labcheck import module_cache
from labcheck.build import build
from labcheck.digest import digest_of
from labcheck.lab.lab import Lab


class Compiled(msgspec.Struct, frozen=True):
    """A lab, and the text and the labcheck it was compiled from."""

    source: str
    lab: Lab


def compiled(file: Path, text: str) -> Lab | None:
    """The lab compiled from this text, if it is cached."""
    kept = module_cache.cached(_place(file), Compiled)
    return kept.lab if kept and kept.source == _source(text) else None


def keep(file: Path, text: str, lab: Lab) -> None:
    """Cache the lab compiled from this text where Python would cache a module."""
    module_cache.keep(_place(file), Compiled(_source(text), lab))


def _source(text: str) -> str:
    return digest_of(build() + text.encode())


def _place(file: Path) -> Path:
    return module_cache.place_of(file, ".lab")
