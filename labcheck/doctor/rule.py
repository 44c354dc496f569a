"""Rules: what is concluded from what was seen. Pure: the same for the same machine."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from labcheck.doctor.conclusion import Conclusion
from labcheck.doctor.machine import Machine


class Need(Enum):
    """What is impossible where a rule concludes that there is a problem, or that we could not look."""

    COURSE = "the course, however it would run"
    SANDBOX = "a sandbox"
    ENGINE = "the engine that is here"
    NOTHING = "nothing: the rule knows how the course will run, and never concludes that there is a problem"


class Rule:
    """Something that can be concluded from what was seen; made by :func:`rule`."""

    def __init__(self, conclude: Callable[[Machine], Conclusion | None], need: Need) -> None:
        self.conclude = conclude
        self.need = need
        self.file = conclude.__module__
        self.__doc__ = conclude.__doc__

    def __call__(self, machine: Machine) -> Conclusion | None:
        """Conclude."""
        return self.conclude(machine)

    def __repr__(self) -> str:
        return self.conclude.__name__


def rule(need: Need = Need.NOTHING) -> Callable[[Callable[[Machine], Conclusion | None]], Rule]:
    """Turn a function of a machine into a rule; the function returns ``None`` where there is nothing to say."""
    return lambda conclude: Rule(conclude, need)
