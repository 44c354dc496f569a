"""Whether a wall shows where the learner of this server is: one they consented to, or that of the hub that runs it.

A hub's wall asks this server, which the hub's own rules let it do; that it does is what the page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from time import monotonic, time
from typing import Final, Literal

import msgspec

from labcheck import home
from labcheck.journal import Journal
from labcheck.render.interactive import OnWall
from labcheck.share import consent
from labcheck.share.deliver import TICK, asking
from labcheck.share.follow import Follower
from labcheck.share.where import Where

LATELY: Final = 60.0
"""Seconds after its last question for which a hub's wall is said to look."""


class HubWall:
    """What this server knows of its hub's wall: when that asked last, and since when the learner asks for help."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self.hand: float | None = None

    def asked(self) -> None:
        """It asks now."""
        self._asked_at = monotonic()

    @property
    def looks(self) -> bool:
        """Whether it asked lately."""
        return self._asked_at is not None and monotonic() - self._asked_at < LATELY


HUB: Final = HubWall()


def on_wall() -> OnWall | None:
    """The wall that shows where the learner is, if any does."""
    if agreed := consent.given():
        return OnWall(agreed.place, is_asking=agreed.asks_since is not None)
    return OnWall("", is_asking=HUB.hand is not None) if HUB.looks else None


def decided(do: Literal["hand-up", "hand-down", "unshare"]) -> str:
    """Do what a learner pressed about a wall, and say it. Raises ``OSError``."""
    if do == "unshare":
        consent.withdraw()
        return "You are no longer on the wall."
    since = time() if do == "hand-up" else None
    HUB.hand = since
    consent.ask(since)
    return "Your hand is up: the wall shows that you ask for help." if since else "Your hand is down."


def follow(over: Event) -> Iterator[Where]:
    """Where the learner is: now, and whenever that changes, until ``over`` is set."""
    with Journal(home.journal()) as journal:
        follower, last = Follower(journal), None
        while not over.is_set():
            now = asking(follower.now(), consent.Consent("", HUB.hand), time())
            if now.lasting != last:
                last = now.lasting
                yield now
            over.wait(TICK)


class Now(msgspec.Struct, frozen=True):
    """What a hub's wall is answered: where the learner is, and the name of this answer, to ask for the next."""

    name: str
    where: Where
