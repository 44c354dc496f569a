"""File what was seen, and what had happened up to then, in the log of one lab or of several at once.

Several share all that is the same: the engine's events, the documents, and a transaction for each step. So a lab costs
a recorder little beside the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from labcheck.document import whole
from labcheck.engine import BIRTH_LABEL, Event, Info
from labcheck.errors import FullDiskError, Refused
from labcheck.home import MARK, opening
from labcheck.journal import Filing, Journal
from labcheck.log import Entry, Gap, Head, Look, event
from labcheck.observe import Cursor, Observation, Replay
from labcheck.observe.deadline import LOOK
from labcheck.observe.docker_program import is_podmans
from labcheck.query import Query
from labcheck.ready import ready
from labcheck.sight import Sight
from labcheck.snapshot import Found

LONGEST = int(LOOK * 1e9)
"""Nanoseconds that a look takes at most."""
UNSURE = 1_000_000_000
"""By how many nanoseconds our idea of the engine's clock, read when the look began, may be off."""


class Asking(NamedTuple):
    """A lab, and what it asks; ``turn`` tells whether an attempt asks something else, and makes the lab ask that."""

    lab: str
    queries: frozenset[Query]
    turn: Callable[[Head], bool]


class Filed(NamedTuple):
    """The attempt and its new entries; no attempt where there is none to file them in.

    Nothing is filed if the disk is ``full``, in an attempt that asks something else than was looked for, or that began
    only after the look, nor while something is removed for the learner: that would complete steps which nobody did.
    """

    head: Head | None
    entries: list[Entry]
    full: FullDiskError | None = None


def file(askings: Sequence[Asking], journal: Journal, sight: Sight) -> list[Filed]:
    """File in each of these labs' logs what it asked. Raises :class:`Refused` if this is another engine."""
    seen, full = sight.seen, None
    is_removing = journal.is_removing  # asked before which attempt is current: the next one may begin in between
    try:
        heads = _heads(askings, journal, seen)
    except FullDiskError as error:
        heads, full = [None] * len(askings), error
    begun = [head for head in heads if head is not None]
    since = dict(zip(begun, cursors(journal, begun), strict=True))
    happened = {cursor: _happened(cursor, sight) for cursor in set(since.values())}
    filed, filings = [], []
    for asking, head in zip(askings, heads, strict=True):
        look = Look(seen.at, seen.until, seen.snapshot.only(asking.queries))
        if head is None:
            filed.append(Filed(None, [look], full))
        elif asking.turn(head) or _is_older(look, head):
            filed.append(Filed(head, []))
        else:
            events, cursor = happened[since[head]]
            filed.append(Filed(head, in_order(look, events, sight.now)))
            if not is_removing:
                filings.append(Filing(head, filed[-1].entries, cursor))
    try:
        journal.append_all(filings, after=sight.filed)
    except FullDiskError as error:
        return [each._replace(full=error) for each in filed]
    return filed


def cursors(journal: Journal, heads: Sequence[Head]) -> list[Cursor]:
    """Where the next events of each attempt start: all earlier ones are filed."""
    return [_decoded(filed) or Cursor(head.began) for head, filed in zip(heads, journal.cursors(heads), strict=True)]


def in_order(look: Look, happened: Sequence[Entry], now: int) -> list[Entry]:
    """Put the look in order among the events before, during and after it, given the engine's clock at this moment.

    Events during the look come before it. An event much later than now happened before the clock was set back.
    """
    latest = now + UNSURE
    place = next((at for at, entry in enumerate(happened) if look.until < entry.at <= latest), len(happened))
    return [*happened[:place], look, *happened[place:]]


def _is_older(look: Look, head: Head) -> bool:
    """Whether the look began before the attempt, and saw what is gone; if by very much, a clock was set back."""
    return 0 < head.began - look.at <= LONGEST


def _heads(askings: Sequence[Asking], journal: Journal, seen: Observation) -> list[Head | None]:
    """The attempt that each look belongs to; ``None`` if there is no engine to have one on."""
    labs = [asking.lab for asking in askings]
    if not isinstance(seen.info, Found):
        return [journal.current(lab, "") for lab in labs]
    info = seen.info.value
    _refuse_another(info)
    return [*journal.join_all(labs, engine=info.identity, began=_began(info, seen.at))]


def _refuse_another(info: Info) -> None:
    """Inside the course only its own engine counts: looking at another one would start the labs over.

    With Podman's ``docker``, what is typed reaches none: Podman has containers and images of its own.
    """
    own = os.environ.get(MARK)
    if own and info.identity != own:
        raise Refused(
            "Here docker talks to a different engine, not the course's own, so labcheck did not look.",
            "To use the course's own: unset DOCKER_HOST DOCKER_CONTEXT; docker context use default\n"
            f"If that does not help, press Ctrl-C where the course was opened, and type {opening()} again.",
        )
    if own and is_podmans():
        raise Refused(
            "Here the docker command is Podman's, so nothing that you type reaches the course's engine.",
            "Install Docker's own command, in place of the package podman-docker. Then open the course again.",
        )


def _began(info: Info, now: int) -> int:
    """An attempt in the course's own engine starts with that engine: everything in it is the learner's doing."""
    birth = whole(info.label(BIRTH_LABEL))
    return now if birth is None else birth


class _Happened(NamedTuple):
    entries: list[Entry]
    cursor: str | None


def _happened(since: Cursor, sight: Sight) -> _Happened:
    """What had happened since the cursor, and the next cursor; nothing and none if that cannot be seen."""
    replay = sight.events(since)
    if not isinstance(replay, Replay):
        return _Happened([], None)
    first = Event(replay.documents[0]).at if replay.documents else sight.seen.at
    gap: list[Entry] = [Gap(first)] if replay.gap else []
    events = [event(document) for document in replay.documents]
    return _Happened([*gap, *events], msgspec.json.encode(replay.cursor).decode())


def _decoded(cursor: str | None) -> Cursor | None:
    try:
        return msgspec.json.decode(cursor, type=ready(Cursor)) if cursor else None
    except msgspec.MsgspecError:
        return None  # its events are filed once, however often they are read
