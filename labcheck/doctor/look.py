"""The look at a machine: every fact at once, each in a thread of its own, under one deadline.

It changes nothing, and it never raises: what could not be looked at, or did not come in time, is ``Unknown``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

from labcheck.cause import NotAsked
from labcheck.doctor.system import System
from labcheck.observe.deadline import Deadline
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.observe.waiting import Tell, told
from labcheck.snapshot import Absent, Evidence, Found, Unknown

T = TypeVar("T")


class Fact(Generic[T]):
    """Something that can be looked at on a machine, and how; made by :func:`fact`."""

    def __init__(self, look: Callable[[Look], Evidence[T]], who: str) -> None:
        self.look = look
        self.name = look.__name__
        self.file = look.__module__
        self.who = who
        self.__doc__ = look.__doc__

    def __repr__(self) -> str:
        return self.name


def fact(who: str = "This machine") -> Callable[[Callable[[Look], Evidence[T]]], Fact[T]]:
    """Turn a function that looks into a fact. ``who`` is blamed if it does not return in time.

    The function may ask the look for other facts, and may raise :class:`CannotLook`.
    """
    return lambda look: Fact(look, who)


class Look:
    """One look while it goes on. A fact that several others need is looked at once."""

    def __init__(self, system: System, deadline: Deadline) -> None:
        self.system = system
        self.deadline = deadline
        self._lock = Lock()
        self._tasks: dict[Fact[Any], Task[Evidence[Any]]] = {}

    def begin(self, fact: Fact[T]) -> Task[Evidence[T]]:
        """Start to look at this fact, unless somebody has."""
        with self._lock:
            if fact not in self._tasks:
                self._tasks[fact] = Task(lambda: evidence(lambda: fact.look(self)))
            return self._tasks[fact]

    def evidence(self, fact: Fact[T]) -> Evidence[T]:
        """The evidence of this fact, as soon as there is any."""
        return self.begin(fact).wait(self.deadline.left) or self.deadline.trouble(fact.who).unknown

    def value(self, fact: Fact[T]) -> T:
        """The value of this fact, once it is known; raises :class:`CannotLook` where it is absent or unknown."""
        match self.evidence(fact):
            case Found(value):
                return value
            case Unknown(reason, cause):
                raise CannotLook(reason, cause)
            case Absent():
                raise CannotLook("There was nothing to look at.", NotAsked())


def look(
    facts: Iterable[Fact[Any]], system: System, deadline: Deadline, tell: Tell | None = None
) -> Mapping[Fact[Any], Evidence[Any]]:
    """The evidence of all these facts; it is there at the deadline at the latest. ``tell`` hears who takes long."""
    # Several threads need it at once; a package that one of them has half imported breaks the others.
    import docker.context  # noqa: F401, PLC0415 - takes a tenth of a second; only commands that look should pay

    looking = Look(system, deadline)
    begun = [(it, looking.begin(it)) for it in facts]
    with told(tell, deadline, lambda: {it.who for it, task in begun if task.is_alive()}):
        return {it: task.wait(deadline.left) or deadline.trouble(it.who).unknown for it, task in begun}
