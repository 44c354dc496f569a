"""A file that is written whole or not at all: its readers find either all of the old content or all of the new."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from labcheck.owner import Owner

_CLOSED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Not passed on to other programs, and on Windows without changing line ends: each system has only one of these."""
PRIVATE = 0o600
"""The mode of a file that only its owner may read."""


def is_full(error: OSError) -> bool:
    """Whether a disk, or somebody's share of it, is full."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def replacing(path: Path, *, mode: int = 0o666, owner: Owner | None = None) -> Iterator[IO[bytes]]:
    """A new file to write to, which replaces ``path`` when the ``with`` block succeeds.

    It is created beside ``path``, so a symbolic link there is not followed. ``mode`` is narrowed by the umask;
    ``owner`` is who will own it if root writes it for somebody. Raises ``OSError``, and then ``path`` is unchanged.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOSED, mode)
        with os.fdopen(descriptor, "wb") as file:
            if owner is not None:
                os.fchown(descriptor, owner.uid, owner.gid)
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, *, mode: int = 0o666, owner: Owner | None = None) -> None:
    """Make this file hold exactly these bytes; ``mode``, ``owner`` and errors are as in ``replacing``."""
    with replacing(path, mode=mode, owner=owner) as file:
        file.write(content)
