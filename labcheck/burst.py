"""Bursts: the events that one command makes. A look between two of them sees the middle of the command.

``docker image prune -a`` removes a name, then the image, then the next name; ``docker run`` creates a container before
it starts it. What is seen in between is true only for a moment, so it completes no step and settles no answer. Events
do not name the command, so this is decided by which event can follow which, and how soon.

How soon alone does not tell a command from the next one of a script. ``docker restart`` says ``restart`` last, so a
container that ended and was started again without that is two commands, however fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from labcheck.engine import Event
from labcheck.log import Entry, Happened, Look

SECOND: Final = 1_000_000_000
AT_ONCE: Final = SECOND
"""Within how many nanoseconds the same command gets to the next thing."""
IN_TIME: Final = 10 * SECOND
"""Within how many nanoseconds the same command finishes with one thing: removing large layers, ending a program."""

IN_TIME_AFTER: Final = {
    "container/create": frozenset({"container/attach", "container/start"}),
    "container/attach": frozenset({"container/start"}),
    "container/kill": frozenset({"container/kill", "container/die", "container/stop"}),
    "image/untag": frozenset({"image/delete"}),
}
"""What the engine may do next with the same container or image, and may need time for."""
AT_ONCE_AFTER: Final = {
    "container/die": frozenset({"container/stop", "container/destroy"}),
    "container/stop": frozenset({"container/die"}),
    "container/start": frozenset({"container/restart"}),
}
"""What follows immediately for the same container; if it comes later, it is another command. Engine 20.10 says ``die``
before ``stop``, 26 and newer either first."""
PERHAPS_AFTER: Final = {
    "container/die": frozenset({"container/start"}),
    "container/stop": frozenset({"container/start"}),
}
"""What belongs to the same command only if that goes on after it, as ``docker restart`` does; it may need time, too."""
NEXT: Final = {
    "image/untag": frozenset({"image/untag", "image/delete", "image/prune"}),
    "image/delete": frozenset({"image/untag", "image/delete", "image/prune"}),
    "container/destroy": frozenset({"container/destroy", "container/prune"}),
}
"""What follows immediately for another thing: one command can remove several."""
REMOVING: Final = NEXT["image/untag"]
"""What a command that removes images says of them, and nothing else."""
PATIENCE: Final = dict.fromkeys((*AT_ONCE_AFTER, *NEXT), AT_ONCE) | dict.fromkeys(
    (*IN_TIME_AFTER, *PERHAPS_AFTER), IN_TIME
)
"""Within how many nanoseconds the command of such an event may go on; that of any other has ended."""
FEW: Final = 16
"""For how many things at most a command is expected to go on."""


def goes_on(one: Event, other: Event) -> bool:
    """Whether these two events come from one command, as far as can be told."""
    apart, is_same = other.at - one.at, one.actor == other.actor
    if is_same and other.kind in IN_TIME_AFTER.get(one.kind, ()):
        return 0 <= apart <= IN_TIME
    follows = NEXT.get(one.kind, frozenset()) | (AT_ONCE_AFTER.get(one.kind, frozenset()) if is_same else frozenset())
    return other.kind in follows and 0 <= apart <= AT_ONCE


def may_go_on(one: Event, other: Event) -> bool:
    """Whether these two events come from one command if something follows that comes from the same command."""
    is_next = one.actor == other.actor and other.kind in PERHAPS_AFTER.get(one.kind, ())
    return is_next and 0 <= other.at - one.at <= IN_TIME


def followed(before: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """The events that matter for the next look, the newest last: one for each thing whose command may go on.

    Also the newest of all container events, and of all image events. A container that was stopped ended by that,
    whichever was said first.
    """
    others = [it for it in before if it.actor != event.actor and not _ends(event, it)]
    newest = {it.family: it for it in others}
    kept = [it for it in others if it is newest[it.family] or event.at - it.at <= _patience(it)]
    stop = [it for it in before if it.kind == "container/stop" and it.actor == event.actor and goes_on(it, event)]
    return (*kept[-FEW:], event, *stop)


def is_torn(look: Look, before: Sequence[Event], later: Iterable[Entry]) -> bool | None:
    """Whether the look fell into the middle of a command, so that what it saw may not be consistent.

    That is so if something happened during the look, or if an event before it is continued by one after it. Anything
    may stand between the two: other looks, or a container that keeps restarting. ``None`` if it is not so yet, but a
    later entry may still show it.
    """
    began, ended = look.at, look.end
    if any(began <= it.at <= ended for it in before):
        return True
    if not any(_waits(it, began) for it in before):
        return False
    newest = {strand: it for it in before for strand in _strands(it)}
    waiting = {strand: it for strand, it in newest.items() if _waits(it, began)}
    for entry in later:
        if isinstance(entry, Happened):
            event = entry.event
            for strand in _strands(event):
                one = waiting.pop(strand, None)
                if one and goes_on(one, event):
                    return True
                if one and may_go_on(one, event):
                    waiting[strand] = event
            waiting = {strand: it for strand, it in waiting.items() if not _ends(event, it)}
        waiting = {strand: it for strand, it in waiting.items() if _waits(it, entry.at)}
        if not waiting:
            break
    return None if waiting else False


def _ends(event: Event, one: Event) -> bool:
    """Whether it says that the command of this one has ended: who pulls, tags or pushes removes nothing.

    Whatever the image: a pull says a name, not the image that was removed and is there again.
    """
    return event.family == one.family == "image" and event.kind not in REMOVING


def _strands(event: Event) -> tuple[tuple[str, str], str]:
    """The groups in which the next event may belong to the same command: its own thing, and all things of its kind."""
    return (event.family, event.actor), event.family


def _waits(event: Event, at: int) -> bool:
    """Whether the event's command may still go on at this time."""
    patience = _patience(event)
    return patience > 0 and at - event.at <= patience


def _patience(event: Event) -> int:
    """Within how many nanoseconds the event's command may go on; 0 if it has ended."""
    return PATIENCE.get(event.kind, 0)
