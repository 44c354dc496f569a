"""What a log proves of the past: when a container ran, when a name was given, when it was gone.

The engine's events prove names, images, pulls, tags, pushes and removals. They never prove a port, a policy or
what a registry held. Nothing here relies on the order of events inside one action: engines differ.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from labcheck.engine import Container, Event, Image
from labcheck.log import Log
from labcheck.name import repository, same
from labcheck.query import ImageNamed
from labcheck.snapshot import Absent, Found

REMOVALS = frozenset({"image/untag", "image/delete"})
YOUNG = 3_000_000_000
"""Nanoseconds. So long after it was made a container may not yet run, and a program in it may not yet answer."""


def started(log: Log, container: str) -> Event | None:
    """The newest start of a container of this name."""
    return _newest(log, "container/start", lambda event: event.name == container)


def starting(log: Log, container: Container) -> bool:
    """Whether the container was made a moment before the newest look, so that ``docker run`` has yet to start it."""
    if container.status != "created" or container.error or not log.looks:
        return False
    return abs(log.looks[-1].until - container.created) < YOUNG


def in_the_foreground(log: Log, container: Container) -> bool:
    """Whether its last run was attached to a terminal, and was not ended by ``docker stop``."""
    ours = [event for event in log.events if event.actor == container.id]
    started = max((event.at for event in ours if event.kind == "container/start"), default=0)
    if not started:
        return container.attached
    died = max((event.at for event in ours if event.kind == "container/die" and event.at < started), default=0)
    attached = any(event.kind == "container/attach" and event.at > died for event in ours)
    return attached and not any(event.kind == "container/stop" and event.at > started for event in ours)


def any_gone(log: Log, here: AbstractSet[str]) -> bool:
    """Whether a container was started that is not among those that are here now."""
    return any(event.kind == "container/start" and event.actor not in here for event in log.events)


def destroyed(log: Log, container: str) -> Event | None:
    """The newest removal of a container of this name."""
    return _newest(log, "container/destroy", lambda event: event.name == container)


def pulled(log: Log, reference: str) -> Event | None:
    """The newest pull of this reference; also one that said "Image is up to date"."""
    return _newest(log, "image/pull", lambda event: same(event.actor, reference))


def fetched(log: Log, reference: str, image: Image) -> Event | None:
    """The pull that brought this image from the reference's repository, by whatever tag or digest, since it is here."""
    names = [name for name in (*image.names, *image.digests) if repository(name) == repository(reference)]
    gone = _newest(log, "image/delete", lambda event: event.actor == image.id)
    since = gone.at if gone else log.began
    return _newest(log, "image/pull", lambda it: it.at > since and any(same(it.actor, name) for name in names))


def pushed(log: Log, reference: str) -> Event | None:
    """The newest push of this reference; the engine tells of none that failed."""
    return _newest(log, "image/push", lambda event: same(event.actor, reference))


def tagged(log: Log, reference: str, before: int | None = None) -> Event | None:
    """The newest time that an image was given this name by ``docker tag`` or ``docker build -t``."""
    return _newest(
        log, "image/tag", lambda event: same(event.name, reference) and (before is None or event.at < before)
    )


def removals(log: Log, reference: str) -> tuple[int, ...]:
    """All times at which this name is known not to have been there: somebody looked, or the engine removed it."""
    looked = [
        moment
        for look in log.looks
        if isinstance(look.snapshot.ask(ImageNamed(reference)), Absent)
        for moment in (look.at, look.until)
    ]
    ids = _ids(log, reference)
    told = [
        event.at
        for event in log.events
        if (event.kind == "image/delete" and event.actor in ids)
        or (event.kind in REMOVALS and same(event.name, reference))
    ]
    return tuple(sorted(looked + told + _all_names_gone(log, reference)))


def _all_names_gone(log: Log, reference: str) -> list[int]:
    """When the image lost as many names as it had, this one among them: it may stay, for a container or another image.

    The engine tells which image lost a name, not which name.
    """
    gone = []
    for untag in (event for event in log.events if event.kind == "image/untag"):
        look = next((look for look in reversed(log.looks) if look.until < untag.at), None)
        found = look.snapshot.ask(ImageNamed(reference)) if look else None
        if look is None or not isinstance(found, Found) or found.value.id != untag.actor:
            continue
        names = found.value.names
        since = [event for event in log.events if look.until < event.at <= untag.at]
        lost = sum(event.kind == "image/untag" and event.actor == untag.actor for event in since)
        given = sum(
            event.kind == "image/tag" or (event.kind == "image/pull" and event.actor not in names) for event in since
        )
        if lost >= len(names) + given:
            gone.append(untag.at)
    return gone


def _ids(log: Log, reference: str) -> frozenset[str]:
    """The ids of all images that bore this name: graphdrivers tell of a removal by id alone."""
    seen = {
        found.value.id
        for look in log.looks
        if isinstance(found := look.snapshot.ask(ImageNamed(reference)), Found) and found.value.id
    }
    named = {event.actor for event in log.events if event.kind == "image/tag" and same(event.name, reference)}
    return frozenset(seen | named)


def _newest(log: Log, kind: str, wanted: Callable[[Event], bool]) -> Event | None:
    return next((event for event in reversed(log.events) if event.kind == kind and wanted(event)), None)
