"""Tells the wall where the learner is, signed with their key, in a process of its own.

Each message has everything, so one that cannot be delivered is dropped, and the newest is told later. A wall that was
started again hears from everybody within :data:`HEARTBEAT` seconds.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic, time, time_ns
from typing import Final

import msgspec

from labcheck import home
from labcheck.errors import LabcheckError
from labcheck.journal import Journal
from labcheck.member import Member, joined
from labcheck.share import consent
from labcheck.share.consent import Consent
from labcheck.share.follow import Follower
from labcheck.share.where import Told, Where, signature

TICK: Final = 0.25
"""Seconds between two questions to the journal whether anything was filed; as often at most the wall is told."""
HEARTBEAT: Final = 5.0
"""Seconds after which the wall is told again though nothing changed."""
PATIENCE: Final = 3.0
"""For how many seconds to wait for each answer of a wall."""
RETRY: Final = 2.0
PATH: Final = "/where"
SIGNATURE: Final = "Labcheck-Signature"
DELIVERED, OLDER = 204, 409

Trouble = str
"""Why a wall was not told, in one sentence; empty if it was."""


def deliver(until: threading.Event) -> Iterator[Trouble]:
    """Tell the wall that the learner consented to, until ``until`` is set; after each message, what came of it.

    Without consent, or if nobody joined, it waits for that. Trouble with the journal is said, too, and not raised.
    """
    while not until.is_set():
        try:
            with Journal(home.journal()) as journal:
                yield from _followed(Follower(journal), until)
        except LabcheckError as error:
            yield error.in_one_line
        until.wait(RETRY)


def _followed(follower: Follower, until: threading.Event) -> Iterator[Trouble]:
    last: tuple[Consent, Member, Where] | None = None
    told_at = 0.0
    while not until.wait(TICK):
        agreed, member = consent.given(), joined()
        if agreed is None or member is None:
            if last:
                yield leave(last[0].address, last[1])
            last = None
            continue
        where = asking(follower.now(), agreed, time())
        now = agreed, member, where.lasting
        if now != last or monotonic() - told_at >= HEARTBEAT:
            trouble = tell(agreed.address, member, where, time_ns() // 1000)
            last, told_at = now, monotonic()
            yield trouble
            if trouble:
                last = None
                until.wait(RETRY)


def asking(where: Where, agreed: Consent, now: float) -> Where:
    """The same, and for how long the learner has asked for help; ``now`` is in seconds of the machine's clock."""
    since = agreed.asks_since
    return where if since is None else msgspec.structs.replace(where, waiting=max(0, int(now - since)))


def leave(address: str, member: Member) -> Trouble:
    """Tell the wall at this address that the learner is no longer on it."""
    return tell(address, member, Where(gone=True), time_ns() // 1000)


def tell(address: str, member: Member, where: Where, number: int) -> Trouble:
    """Tell the wall at this address once. It never raises, and takes at most some seconds."""
    content = msgspec.json.encode(Told(member.id, number, where))
    headers = {"Content-Type": "application/json", SIGNATURE: signature(member.key, content)}
    parts = consent.wall(address)
    try:
        connection = _connection(parts.scheme, parts.netloc)
        try:
            connection.request("POST", parts.path + PATH, content, headers)
            answer = connection.getresponse()
            return "" if answer.status in {DELIVERED, OLDER} else _refused(parts.netloc, answer.status)
        finally:
            connection.close()
    except ssl.SSLError:
        return f"The wall at {parts.netloc} does not prove who it is, so it is not told."
    except (OSError, HTTPException):
        return f"The wall at {parts.netloc} does not answer. It is told as soon as it does."


def _refused(place: str, status: int) -> Trouble:
    if status == 403:  # noqa: PLR2004 - as HTTP has it
        return f"The wall at {place} does not know your join code: it is of another class."
    return f"At {place} something else answers, not a wall (status {status})."


def _connection(scheme: str, netloc: str) -> HTTPConnection:
    make: Callable[..., HTTPConnection] = HTTPSConnection if scheme == "https" else HTTPConnection
    return make(netloc, timeout=PATIENCE)
