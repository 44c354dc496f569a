"""The engine's door: is it there, and does it open for this person? The errors of the SDK do not say which it was.

It connects and hangs up. It asks nothing.
"""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from labcheck.cause import InvalidAddress, TimedOut
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

PORTS = {"tcp": 2375, "http": 2375, "https": 2376}
"""Docker's own ports, where the endpoint names none."""
WHO = "The Docker engine"


class Knock(Enum):
    """What knocking at the door led to."""

    OPEN = "open"
    MISSING = "missing"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Door:
    """A socket, what knocking led to, and the group that may use it."""

    place: str
    knock: Knock
    group: str = ""


KNOCKS = {
    errno.ENOENT: Knock.MISSING,
    errno.ENOTDIR: Knock.MISSING,
    errno.ECONNREFUSED: Knock.REFUSED,
    errno.EACCES: Knock.FORBIDDEN,
    errno.EPERM: Knock.FORBIDDEN,
}


def door(endpoint: Endpoint, deadline: Deadline) -> Evidence[Door]:
    """The door of this endpoint; absent where there is none to knock at, as with SSH."""
    if endpoint.socket:
        return Found(unix_door(endpoint.socket, deadline))
    parts = urlsplit(endpoint.address)
    if parts.scheme not in PORTS:
        return Absent()
    try:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except ValueError:
        raise CannotLook("The engine's address has no port that is a number.", InvalidAddress()) from None
    place = f"{host}:{port}"
    try:
        with socket.create_connection((host, port), deadline.left):
            return Found(Door(place, Knock.OPEN))
    except TimeoutError:
        raise CannotLook(f"{WHO} at {place} did not answer in time.", TimedOut(deadline.seconds)) from None
    except OSError as error:
        return Found(Door(place, KNOCKS.get(error.errno or 0, Knock.MISSING)))


def unix_door(path: str, deadline: Deadline) -> Door:
    """The door that is a socket in a folder."""
    knock = Knock.OPEN
    try:
        with socket.socket(socket.AF_UNIX) as knocking:
            knocking.settimeout(deadline.left)
            knocking.connect(path)
    except (TimeoutError, BlockingIOError):  # the latter where too many wait at the door already
        raise CannotLook(f"{WHO} at {path} did not answer in time.", TimedOut(deadline.seconds)) from None
    except OSError as error:
        knock = KNOCKS.get(error.errno or 0, Knock.REFUSED)
    return Door(path, knock, _group(Path(path)))


def _group(path: Path) -> str:
    try:
        return path.group()
    except (OSError, KeyError, NotImplementedError):
        return ""
