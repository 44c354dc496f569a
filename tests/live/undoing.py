"""Inside a sandbox: play a lab, undo each of its demands by one command, and see which demands fail then.

Each is undone in the world in which its step was just solved, or, unless ``apart``, in what the undoing of the step's
demands before it left of that world: exactly this demand of all that still hold must fail. Where it does not, the world
is restored, and it is tried there. A world is restored by removing the containers that were not there before the step,
and playing its solution once more, which takes a moment; where that does not bring it back, steps above it are played
again, too; where not even that does, all is removed and played.
It prints a line of JSON for each demand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from labcheck.attempt import Attempt, opened
from labcheck.check import Check
from labcheck.lab import Step, load
from labcheck.play import failure
from labcheck.verdict import Outcome
from labcheck.wait import repeat
from tests.support.undoing import Undoing, undoings

PATIENCE = 20.0
"""Seconds until an effect shows."""
RESTORED = 3.0
"""Seconds until the world is back after the step's solution was played again, if that brings it back."""
NOTE, REMOVE_NEW = "docker ps -aq > before", "docker ps -aq | grep -vxFf before | xargs -r docker rm -fv"
"""Which containers there are before a step, and to remove all others."""
WIPE = (
    "docker ps -aq | xargs -r docker rm -fv",
    "docker image ls -aq | sort -u | xargs -r docker rmi -f",
    "docker volume ls -q | xargs -r docker volume rm -f",
)


class World:
    """The sandbox's engine, as the lab's demands see it."""

    def __init__(self, attempt: Attempt, folder: str) -> None:
        self._attempt, self._folder = attempt, folder
        attempt.look()
        self.lab = attempt.lab
        self._not_enough: set[int] = set()  # the steps whose own solution does not bring their world back

    def outcomes(self) -> dict[Check, Outcome]:
        """How each demand of the lab stands now, whichever step it is of."""
        past = self._attempt.looked().past
        return {check: check.judge(past).outcome for step in self.lab.steps for check in step.checks}

    def types(self, *commands: str) -> str:
        """Type all of these; what the first that failed said."""
        return next(filter(None, [failure(command, folder=self._folder) for command in commands]), "")

    def solve(self, step: Step) -> None:
        """Play this step, until all that it demands is there."""
        self._play(step)
        assert self.has(step.checks, PATIENCE), f"{step.id} is not solved by its solution"

    def has(self, checks: tuple[Check, ...], seconds: float) -> bool:
        """Whether all these pass within so many seconds."""
        outcomes = repeat(self.outcomes, lambda now: all(now[it] is Outcome.PASS for it in checks), seconds, every=0.1)
        return all(outcomes[it] is Outcome.PASS for it in checks)

    def restore(self, number: int, before: tuple[Check, ...]) -> None:
        """Bring back the world in which the step of this number was just solved, when all these passed."""
        for is_enough in (True, False):
            if is_enough and number in self._not_enough:
                continue
            self.types(REMOVE_NEW)
            for step in self._demanding(number, number if is_enough else self._first(number, before)):
                self._play(step)
            if self.has(before, RESTORED):
                return
            self._not_enough.add(number)
        self.types(*WIPE)
        for step in self._demanding(number):
            self.solve(step)

    def _first(self, number: int, before: tuple[Check, ...]) -> int:
        """The number of the first step that this one undoes, or that demands what was there before and now is not."""
        now, undone = self.outcomes(), self.lab.steps[number].undoes
        gone = {it for it in before if now[it] is not Outcome.PASS}
        steps = enumerate(self.lab.steps[:number])
        return next((place for place, step in steps if step.id in undone or gone.intersection(step.checks)), number)

    def _demanding(self, last: int, first: int = 0) -> list[Step]:
        return [step for step in self.lab.steps[first : last + 1] if step.checks]

    def _play(self, step: Step) -> None:
        self.types(NOTE, *step.commands)


def played(world: World, listed: list[Undoing], *, is_apart: bool) -> Iterator[dict[str, object]]:
    """What came of each."""
    for number, step in enumerate(world.lab.steps):
        mine = [it for it in listed if it.step == step.id]
        if not mine:
            continue
        world.solve(step)
        holding = before = _passing(world.outcomes())
        for one in mine:
            result = _undone(world, one, holding, PATIENCE if holding == before else RESTORED)
            if not result["right"] and holding != before:
                world.restore(number, before)
                holding, result = before, _undone(world, one, before, PATIENCE)
            yield result
            holding = tuple(check for check in holding if check != one.check)
            if is_apart and one is not mine[-1]:
                world.restore(number, before)
                holding = before
        if mine[-1] is not listed[-1]:
            world.restore(number, before)


def _undone(world: World, one: Undoing, before: tuple[Check, ...], seconds: float) -> dict[str, object]:
    said = world.types(one.command)

    def is_exact(now: dict[Check, Outcome]) -> bool:
        return [(it, now[it]) for it in before if now[it] is not Outcome.PASS] == [(one.check, Outcome.FAIL)]

    now = repeat(world.outcomes, is_exact, 0 if said else seconds, every=0.1)
    failed = [f"{it.title}: {now[it]}" for it in before if now[it] is not Outcome.PASS]
    is_right = not said and is_exact(now)
    return {"step": one.step, "check": one.check.title, "right": is_right, "failed": failed, "said": said}


def _passing(outcomes: dict[Check, Outcome]) -> tuple[Check, ...]:
    return tuple(check for check, outcome in outcomes.items() if outcome is Outcome.PASS)


def main(slug: str, file: str, *apart: str) -> None:
    """Play it in a folder of its own."""
    with TemporaryDirectory() as folder, opened(load(slug)) as attempt:
        world = World(attempt, folder)
        for result in played(world, undoings(world.lab, Path(file)), is_apart=bool(apart)):
            sys.stdout.write(msgspec.json.encode(result).decode() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
