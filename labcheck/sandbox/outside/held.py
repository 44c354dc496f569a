"""What an engine keeps in its data folder, in numbers.

An ordinary user's engine keeps files of the ids that are reserved for that user, which they themselves may not read. So
for them this module runs once more, as root of a namespace in which those ids are theirs; it does nothing but count.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labcheck.ready import ready
from labcheck.sandbox.outside import rootless
from labcheck.sandbox.places import ENGINE


@dataclass(frozen=True, slots=True)
class Usage:
    """What one engine keeps in its data folder, and how many bytes that takes."""

    folder: Path
    containers: int
    images: int | None
    """``None`` if containerd stores them: only the engine can count those."""
    volumes: int
    size: int


def held(folder: Path) -> Usage:
    """What is kept in this folder. Raises ``SandboxError`` if a user may not look into it."""
    if os.geteuid() == 0:
        return _counted(folder)
    told = rootless.as_root_inside(sys.executable, "-P", "-m", __name__, str(folder))
    return msgspec.json.decode(told, type=ready(Usage), dec_hook=lambda _, written: Path(written))


def _counted(folder: Path) -> Usage:
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


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(_counted(Path(sys.argv[1])), enc_hook=str))
