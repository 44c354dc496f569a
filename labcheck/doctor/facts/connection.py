"""Whether anybody listens at the engine's address, and lets this person connect: the SDK's errors do not tell which.

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
from labcheck.doctor.facts.chosen_engine import chosen_endpoint
from labcheck.doctor.look import Look, fact
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.engine.failures import WHO
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

PORTS = {"tcp": 2375, "http": 2375, "https": 2376}
"""Docker's own ports, where the endpoint names none."""


class Attempt(Enum):
    """What trying to connect led to."""

    CONNECTED = "connected"
    MISSING = "missing"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where one tried to connect, what that led to, and the group that may."""

    place: str
    attempt: Attempt
    group: str = ""


ATTEMPTS = {
    errno.ENOENT: Attempt.MISSING,
    errno.ENOTDIR: Attempt.MISSING,
    errno.ECONNREFUSED: Attempt.REFUSED,
    errno.EACCES: Attempt.FORBIDDEN,
    errno.EPERM: Attempt.FORBIDDEN,
}


@fact(WHO)
def connection(look: Look) -> Evidence[Connection]:
    """What connecting to the chosen engine led to; absent where it is not simply connecting, as with SSH."""
    return connected(chosen_endpoint(look), look.deadline)


def is_worth_asking(look: Look) -> bool:
    """Whether asking the engine makes sense: we connected to it, or it cannot be told without asking."""
    seen = look.evidence(connection)
    return isinstance(seen, Absent) or (isinstance(seen, Found) and seen.value.attempt is Attempt.CONNECTED)


def connected(endpoint: Endpoint, deadline: Deadline) -> Evidence[Connection]:
    """What connecting to this endpoint leads to."""
    if endpoint.socket:
        return Found(connected_to_socket(endpoint.socket, deadline))
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
            return Found(Connection(place, Attempt.CONNECTED))
    except TimeoutError:
        raise CannotLook(f"{WHO} at {place} did not answer in time.", TimedOut(deadline.seconds)) from None
    except OSError as error:
        return Found(Connection(place, ATTEMPTS.get(error.errno or 0, Attempt.MISSING)))


def connected_to_socket(path: str, deadline: Deadline) -> Connection:
    """What connecting to a socket in a folder leads to."""
    attempt = Attempt.CONNECTED
    try:
        with socket.socket(socket.AF_UNIX) as trying:
            trying.settimeout(deadline.left)
            trying.connect(path)
    except (TimeoutError, BlockingIOError):  # the latter where too many wait there already
        raise CannotLook(f"{WHO} at {path} did not answer in time.", TimedOut(deadline.seconds)) from None
    except OSError as error:
        attempt = ATTEMPTS.get(error.errno or 0, Attempt.REFUSED)
    return Connection(path, attempt, _group(Path(path)))


def _group(path: Path) -> str:
    try:
        return path.group()
    except (OSError, KeyError, NotImplementedError):
        return ""
