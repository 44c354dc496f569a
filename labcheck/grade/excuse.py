"""Steps that are excused: they count neither for nor against, and no other step waits for them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from labcheck.lab import Lab, Step


class Excuse(msgspec.Struct, frozen=True):
    """A step that is excused: in the lab of this name, or in any; for this learner, or for all."""

    step: str
    lab: str = ""
    learner: str = ""

    def concerns(self, lab: str, learner: str) -> bool:
        """Whether it is about this learner's attempts at this lab."""
        return self.lab in {"", lab} and self.learner in {"", learner}


def lightened(lab: Lab, excused: frozenset[str]) -> Lab:
    """The lab in which a step waits for what an excused one waits for, instead of the excused one itself.

    A step that demands that something is gone still waits: it would hold before anything was done.
    """
    if not excused.intersection(step.id for step in lab.steps):
        return lab
    return replace(lab, steps=tuple(_waiting(lab, step, excused) for step in lab.steps))


def _waiting(lab: Lab, step: Step, excused: frozenset[str]) -> Step:
    if any(check.demands_absence for check in step.checks):
        return step
    return replace(step, after=tuple(dict.fromkeys(_before(lab, step, excused))))


def _before(lab: Lab, step: Step, excused: frozenset[str]) -> Iterator[str]:
    for name in step.after:
        if name in excused:
            yield from _before(lab, lab.step(name), excused)
        else:
            yield name
