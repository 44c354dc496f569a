"""Which labs an event is about: they are looked at first, and the others when it is quiet."""

from __future__ import annotations

from collections.abc import Sequence

from labcheck.engine import Event
from labcheck.name import parsed
from labcheck.query import Subject


def is_about(subject: Subject, image: str) -> bool:
    """Whether this names an image of the subject's, or one in its registries."""
    reference = parsed(image)
    return reference is not None and (reference.name in subject.repositories or reference.domain in subject.domains)


def concerned(subjects: Sequence[Subject], event: Event) -> frozenset[int]:
    """The places of those of these labs' subjects of which the event names something; none if there is none.

    A container's own name tells more than its image, which several labs may use.
    """
    if event.kind.startswith("container/"):
        own = frozenset(place for place, it in enumerate(subjects) if event.name in it.containers)
        return own or _about(subjects, event.image)
    return _about(subjects, event.name) | _about(subjects, event.actor)


class Turns:
    """Whose turn it is to be looked at, of so many labs, each by its place.

    Where events name nothing of any lab, it is that of those that the latest did: whoever mistypes a name is at work
    there. In the beginning it is that of all.
    """

    def __init__(self, count: int) -> None:
        self._all = self._latest = tuple(range(count))
        self._left: tuple[int, ...] = ()

    @property
    def are_all_seen(self) -> bool:
        """Whether nobody was left out after the newest events."""
        return not self._left

    def after(self, subjects: Sequence[Subject], happened: Sequence[Event]) -> tuple[int, ...]:
        """Who is to be looked at after these events; after none, who was left out, or all."""
        if not happened:
            turn, self._left = self._left or self._all, ()
            return turn
        named = frozenset(place for event in happened for place in concerned(subjects, event))
        self._latest = tuple(sorted(named)) or self._latest
        self._left = tuple(place for place in self._all if place not in self._latest)
        return self._latest


def _about(subjects: Sequence[Subject], name: str) -> frozenset[int]:
    return frozenset(place for place, it in enumerate(subjects) if is_about(it, name))
