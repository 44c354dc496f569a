"""Where the course is open, or being opened: one small file in the course's home, for those who start it again.

It contains the address with its token, so only the owner may read it. A course that was killed leaves it behind; the
process it names is then gone, and the note is ignored.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from labcheck.errors import Refused
from labcheck.files import PRIVATE, write_whole
from labcheck.home import claimed, home
from labcheck.lock import lock
from labcheck.owner import behind_sudo
from labcheck.ready import ready
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.trouble import writing
from labcheck.wait import wait_until

PATIENCE = 120.0
"""For how many seconds to wait for the address of a course that is being opened."""
CLOSE = "To close it, press Ctrl-C where it was opened. What you did is kept."
_TICK = 0.1


class Note(msgspec.Struct, frozen=True):
    """Which process opened the course, and its address; none while it is being opened."""

    process: Process
    address: str = ""


@contextmanager
def taken(tell: Callable[[str], object], patience: float = PATIENCE) -> Iterator[None]:
    """Be the process that has the course open, during the ``with`` block.

    Raises ``Refused`` where it is open already. Where it is being opened, ``tell`` is called with that, and the refusal
    comes once there is an address; if that opening ends before, this one goes on. The home is created if it is missing.
    """
    with writing(home()):
        claimed()
    with writing(home()):
        while (other := _take()) is not None:
            pid = other.process.pid
            tell(f"The course is already being opened, by process {pid}. Waiting for its address ...")
            _await_address(other.process, patience)
    try:
        yield
    finally:
        note = read()
        if note is not None and note.process.pid == os.getpid():
            with suppress(OSError):
                _path().unlink()


def check() -> None:
    """Refuse if the course is open already; the sentence says where."""
    note = read()
    if note is not None and note.address:
        raise Refused(f"The course is open already: {note.address}", CLOSE)


def read() -> Note | None:
    """The note of a course that is open or being opened now."""
    try:
        note = msgspec.json.decode(_path().read_bytes(), type=ready(Note))
    except (OSError, msgspec.MsgspecError):
        return None
    return note if note.process.alive else None


def write(address: str) -> None:
    """Note that this process opens the course, and its address once it is open."""
    note = Note(Process.of(os.getpid()), address)
    write_whole(_path(), msgspec.json.encode(note), mode=PRIVATE, owner=behind_sudo())


def _take() -> Note | None:
    """Note that we open the course; returns who is already opening it. Raises ``Refused`` if it is open."""
    folder = os.open(home(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not lock(folder, within=PATIENCE):  # of two simultaneous starts, one comes first
            raise Refused("The course is already being opened, by another process.", CLOSE)
        check()
        note = read()
        if note is None:
            write("")
        return note
    finally:
        os.close(folder)


def _await_address(other: Process, patience: float) -> None:
    """Wait until the other process has an address, or no longer opens the course."""

    def is_settled() -> bool:
        note = read()
        return note is None or note.process != other or bool(note.address)

    if not wait_until(is_settled, patience, every=_TICK):
        raise Refused(f"The course is already being opened, by process {other.pid}, but is not open yet.", CLOSE)


def _path() -> Path:
    return home() / "course.json"
