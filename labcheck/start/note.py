"""Where the course is open, or being opened: one small file in the course's home, for whoever starts it again.

It holds the address with its token, so nobody but the owner may read it. A course that was killed leaves it behind;
the process it names is then gone, and it says nothing.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from labcheck.errors import Refused
from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.trouble import writing

PATIENCE = 120.0
"""Seconds to wait for the address of a course that is being opened."""
CLOSE = "To close it, press Ctrl-C where it was opened. What you did is kept."
_TICK = 0.1


class Note(msgspec.Struct, frozen=True):
    """Who opened the course, and where; no address while it is being opened."""

    process: Process
    address: str = ""


@contextmanager
def taken(tell: Callable[[str], object], patience: float = PATIENCE) -> Iterator[None]:
    """Be the one that has the course open, while the ``with`` lasts.

    Raises ``Refused`` where it is open already. Where it is being opened, ``tell`` hears of it, and the refusal comes
    once there is an address; if that opening ends before, this one goes on. The home is made where it is not there.
    """
    with writing(home()):
        claimed()
    with writing(home()):
        while (other := _take()) is not None:
            pid = other.process.pid
            tell(f"The course is being opened already, by process {pid}. Its address comes once it is open.")
            _await_address(other.process, time.monotonic() + patience)
    try:
        yield
    finally:
        note = read()
        if note is not None and note.process.pid == os.getpid():
            with suppress(OSError):
                _path().unlink()


def check() -> None:
    """Refuse where the course is open already; the sentence says where."""
    note = read()
    if note is not None and note.address:
        raise Refused(f"The course is open already: {note.address}", CLOSE)


def read() -> Note | None:
    """The note of a course that is open now, or being opened."""
    try:
        note = msgspec.json.decode(_path().read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None
    return note if note.process.alive else None


def write(address: str) -> None:
    """Note that this process opens the course, and at this address once it is open."""
    fresh = _path().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        owner = behind_sudo()
        if owner is not None:
            os.fchown(file.fileno(), owner.uid, owner.gid)
        file.write(msgspec.json.encode(Note(Process.of(os.getpid()), address)))
    fresh.rename(_path())


def _take() -> Note | None:
    """Note that we open the course; or, where somebody does already, who. Raises ``Refused`` where it is open."""
    folder = os.open(home(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # of two who start at once, one comes first
        check()
        note = read()
        if note is None:
            write("")
        return note
    finally:
        os.close(folder)


def _await_address(other: Process, deadline: float) -> None:
    """Wait until it has an address, or opens the course no more."""
    while (note := read()) is not None and note.process == other and not note.address:
        if time.monotonic() > deadline:
            raise Refused(f"The course is being opened already, by process {other.pid}, and is not open yet.", CLOSE)
        time.sleep(_TICK)


def _path() -> Path:
    return home() / "course.json"
