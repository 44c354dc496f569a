"""Bursts: the events that one command makes. A look between two of them sees the middle of the command.

``docker image prune -a`` takes a name away, then the image, then the next name; ``docker run`` makes a container
before it starts it. What is seen in between is true for a moment only, so it completes no step and settles no answer.
Events tell nothing of commands, so this goes by which event can follow which, and how soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from labcheck.engine import Event
from labcheck.log import Entry, Happened, Look

SECOND: Final = 1_000_000_000
AT_ONCE: Final = SECOND
"""Nanoseconds within which the same command goes on with the next thing."""
IN_TIME: Final = 10 * SECOND
"""Nanoseconds within which the same command is done with one thing: large layers are removed, a program ends."""

IN_TIME_AFTER: Final = {
    "container/create": frozenset({"container/attach", "container/start"}),
    "container/attach": frozenset({"container/start"}),
    "container/kill": frozenset({"container/kill", "container/die"}),
    "image/untag": frozenset({"image/delete"}),
}
"""What the engine has yet to do with the same container or image, and may need its time for."""
AT_ONCE_AFTER: Final = {
    "container/die": frozenset({"container/stop", "container/destroy", "container/start"}),
    "container/stop": frozenset({"container/start", "container/restart"}),
    "container/start": frozenset({"container/restart"}),
}
"""What follows at once, of the same container; later it is another command."""
NEXT: Final = {
    "image/untag": frozenset({"image/untag", "image/delete", "image/prune"}),
    "image/delete": frozenset({"image/untag", "image/delete", "image/prune"}),
    "container/destroy": frozenset({"container/destroy", "container/prune"}),
}
"""What follows at once, of another thing: one command can remove several."""
FEW: Final = 16
"""Of how many things at most a command is waited for."""


def goes_on(one: Event, other: Event) -> bool:
    """Whether both events, one after the other, are of one command, as far as can be told."""
    apart, is_same = other.at - one.at, one.actor == other.actor
    if is_same and other.kind in IN_TIME_AFTER.get(one.kind, ()):
        return 0 <= apart <= IN_TIME
    follows = NEXT.get(one.kind, frozenset()) | (AT_ONCE_AFTER.get(one.kind, frozenset()) if is_same else frozenset())
    return other.kind in follows and 0 <= apart <= AT_ONCE


def followed(before: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """What counts before the next look, the newest last: one event of each thing whose command may go on.

    And the newest of all containers, and of all images.
    """
    others = [it for it in before if it.actor != event.actor]
    newest = {_family(it): it for it in others}
    kept = [it for it in others if event.at - it.at <= _patience(it) or it is newest[_family(it)]]
    return (*kept[-FEW:], event)


def is_torn(look: Look, before: Sequence[Event], later: Iterable[Entry]) -> bool | None:
    """Whether the look fell into the middle of something: what it saw does not fit together.

    So it is if something happened while it went on, or if an event before it goes on with one after it. Between the
    two much else may stand, of which they know nothing: other looks, a container that starts again and again.
    ``None`` if not as far as is known, and what comes may still say so.
    """
    if any(look.at <= it.at <= look.end for it in before):
        return True
    newest = {strand: it for it in before for strand in _strands(it)}
    waiting = {strand: it for strand, it in newest.items() if _patience(it)}
    for entry in later:
        if isinstance(entry, Happened):
            event = Event(entry.document)
            if any(goes_on(waiting.pop(strand), event) for strand in _strands(event) if strand in waiting):
                return True
        waiting = {strand: it for strand, it in waiting.items() if entry.at - it.at <= _patience(it)}
        if not waiting:
            break
    return None if waiting else False


def _strands(event: Event) -> tuple[str, str]:
    """Within what the next event may be of the same command: its own thing, and all things of its kind."""
    return f"{_family(event)} {event.actor}", _family(event)


def _family(event: Event) -> str:
    return event.kind.partition("/")[0]


def _patience(event: Event) -> int:
    """Nanoseconds within which the event's command may go on; 0 if that is its end."""
    if event.kind in IN_TIME_AFTER:
        return IN_TIME
    return AT_ONCE if event.kind in AT_ONCE_AFTER or event.kind in NEXT else 0
