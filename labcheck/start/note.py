"""Where the course is open: one small file in the course's home, for whoever starts it a second time.

It holds the address with its token, so nobody but the owner may read it. A course that was killed leaves it behind;
the process it names is then gone, and it says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from labcheck.errors import Refused
from labcheck.home import home
from labcheck.owner import behind_sudo
from labcheck.sandbox.process import Process


class Note(msgspec.Struct, frozen=True):
    """Who opened the course, and where."""

    process: Process
    address: str


def check() -> None:
    """Refuse where the course is open already; the sentence says where."""
    note = read()
    if note is not None:
        raise Refused(
            f"The course is open already: {note.address}", "To close it, press Ctrl-C where labcheck start was typed."
        )


def read() -> Note | None:
    """The note of a course that is open now."""
    try:
        note = msgspec.json.decode(_path().read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None
    return note if note.process.alive else None


def write(address: str) -> None:
    """Note that this process opened the course at this address."""
    fresh = _path().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        owner = behind_sudo()
        if owner is not None:
            os.fchown(file.fileno(), owner.uid, owner.gid)
        file.write(msgspec.json.encode(Note(Process.of(os.getpid()), address)))
    fresh.rename(_path())


@contextmanager
def forgotten() -> Iterator[None]:
    """Forget in the end what this process noted."""
    try:
        yield
    finally:
        note = read()
        if note is not None and note.process.pid == os.getpid():
            with suppress(OSError):
                _path().unlink()


def _path() -> Path:
    return home() / "course.json"
