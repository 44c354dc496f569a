"""What engines keep on disk while no sandbox is running, in numbers, and how to delete it permanently.

Nobody loses it by accident: it is removed only by ``labcheck sandbox remove``, never by ending a sandbox. The journal
and the notebooks are elsewhere, and stay.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from labcheck.sandbox import cgroups
from labcheck.sandbox.outside import data
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.outside.running import refuse_inside_and_without_root
from labcheck.sandbox.places import ENGINE
from labcheck.sandbox.trouble import in_use


@dataclass(frozen=True, slots=True)
class Usage:
    """What one engine keeps in its data folder, and how many bytes that takes."""

    folder: Path
    containers: int
    images: int | None
    """``None`` if containerd stores them: only the engine can count those."""
    volumes: int
    size: int


def usage() -> tuple[Usage, ...]:
    """What all engines of this home keep on disk.

    Raises ``SandboxError`` inside a sandbox, without root, and while a sandbox uses it.
    """
    return tuple(_held(Path(record.data)) for record in _kept() if record.data is not None)


def remove() -> None:
    """Remove everything: containers, images, volumes, and the engine's identity.

    Raises ``SandboxError`` like :func:`usage`, before anything is removed.
    """
    for record in _kept():
        if record.data is not None:
            data.remove(Path(record.data))
        cgroups.remove(record.id, within=1)
        record.forget()


def _kept() -> list[Record]:
    refuse_inside_and_without_root("remove what is kept by")
    kept = [record for record in records() if record.data is not None and Path(record.data).is_dir()]
    for record in kept:
        if record.alive:
            raise in_use(Path(record.data or ""))
    return kept


def _held(folder: Path) -> Usage:
    engine = folder / ENGINE
    stores = list(engine.glob("image/*/imagedb/content/sha256"))
    by_containerd = not stores and (engine / "containerd").exists()
    return Usage(
        folder,
        containers=sum(1 for _ in _within(engine / "containers")),
        images=None if by_containerd else sum(1 for store in stores for _ in _within(store)),
        volumes=sum(1 for path in _within(engine / "volumes") if path.is_dir()),
        size=_size(folder),
    )


def _within(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.iterdir()


def _size(folder: Path) -> int:
    """The disk space that the files take."""
    blocks = 0
    for above, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                blocks += Path(above, name).lstat().st_blocks
    return blocks * 512
