"""Bursts: the events that one command makes. A look between two of them sees the middle of the command.

``docker image prune -a`` takes a name away, then the image, then the next name; ``docker run`` makes a container
before it starts it. What is seen in between is true for a moment only, so it completes no step and settles no answer.
Events tell nothing of commands, so this goes by which event can follow which, and how soon.
"""

from __future__ import annotations

from typing import Final

from labcheck.engine import Event
from labcheck.log import Look

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


def goes_on(one: Event, other: Event) -> bool:
    """Whether both events, one after the other, are of one command, as far as can be told."""
    apart, is_same = other.at - one.at, one.actor == other.actor
    if is_same and other.kind in IN_TIME_AFTER.get(one.kind, ()):
        return 0 <= apart <= IN_TIME
    follows = NEXT.get(one.kind, frozenset()) | (AT_ONCE_AFTER.get(one.kind, frozenset()) if is_same else frozenset())
    return other.kind in follows and 0 <= apart <= AT_ONCE


def is_torn(look: Look, before: Event | None, after: Event | None) -> bool:
    """Whether the look fell into the middle of something, between these two events: what it saw does not fit together.

    Also if something happened while it went on: it saw one thing before that, and another thing after it.
    """
    if before is None:
        return False
    return look.at <= before.at <= look.end or (after is not None and goes_on(before, after))
