"""Finds the damaged file in an engine's data by reading it: what is lost with it, and what can be kept.

An engine that meets such a file reports it in its own words, or crashes with a stack trace. Nothing is changed here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError

_META, _PAGE = struct.Struct("<IIIIQQQQQ"), 16
"""bbolt's first two pages: a page header of 16 bytes, then magic, version, page size, flags, root (2), free list,
number of pages, transaction (go.etcd.io/bbolt, db.go)."""
_MAGIC, _SIZE, _PAGES, _TRANSACTION = 0xED0CDAED, 2, 7, 8


def is_whole_bolt(path: Path) -> bool:
    """Whether a bbolt database has all the pages that it claims to have."""
    with path.open("rb") as file:
        head = file.read(1 << 17)
    sizes = {struct.unpack_from("<I", head, _PAGE + 8)[0]} if len(head) >= _PAGE + _META.size else set()
    metas = [_META.unpack_from(head, at + _PAGE) for at in (0, *sizes) if len(head) >= at + _PAGE + _META.size]
    valid = [meta for meta in metas if meta[0] == _MAGIC]
    newest = max(valid, key=lambda meta: meta[_TRANSACTION], default=None)
    return newest is not None and newest[_PAGES] * newest[_SIZE] <= path.stat().st_size


def is_json(path: Path) -> bool:
    """Whether it is JSON."""
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an engine's data: its path, its name for people, how to check that it is intact, what goes with it."""

    pattern: str
    name: str
    is_whole: Callable[[Path], bool]
    without: str


ALL = "Everything you did can be kept"
PARTS = (
    Part("engine/network/files/local-kv.db", "list of networks", is_whole_bolt, f"{ALL} except networks you created"),
    Part("engine/volumes/metadata.db", "list of volumes", is_whole_bolt, ALL),
    Part("engine/buildkit/*.db", "cache of builds", is_whole_bolt, ALL),
    Part("engine/image/*/repositories.json", "list of images' names", is_json, f"{ALL} except the images' names"),
    Part(
        "engine/containerd/daemon/io.containerd.metadata.v1.bolt/meta.db",
        "list of what containerd stores",
        is_whole_bolt,
        f"{ALL} except images, if containerd stores them",
    ),
    Part("etc-docker/key.json", "key", is_json, ALL),
)


def damaged(folder: Path, shown: Path) -> SandboxError | None:
    """What is damaged in an engine's data, and how to keep the rest; ``shown`` is the folder's path outside."""
    for part in PARTS:
        for path in sorted(folder.glob(part.pattern)):
            if not _is_whole(part, path):
                seen = shown / path.relative_to(folder)
                return SandboxError(
                    f"The course's engine does not start, because its {part.name} is damaged ({seen}). {part.without}.",
                    f"Move that file aside, as root: mv '{seen}' '{seen}.damaged'\nThen start again.",
                )
    return None


def _is_whole(part: Part, path: Path) -> bool:
    try:
        return part.is_whole(path)
    except (OSError, struct.error):
        return False
