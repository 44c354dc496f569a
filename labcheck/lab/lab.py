"""What a lab is: its steps, and what each of them demands or asks."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from labcheck.checks import AnyCheck
from labcheck.errors import UnknownName
from labcheck.question import Question

if TYPE_CHECKING:
    from labcheck.query import Query


class Step(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """One thing to do, or one question to answer."""

    id: Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40)]
    title: Annotated[str, Meta(min_length=1)]
    points: Annotated[int, Meta(ge=0, le=1000)] = 1
    after: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    hints: tuple[Annotated[str, Meta(min_length=1)], ...] = ()
    solution: str = ""
    checks: tuple[AnyCheck, ...] = ()
    question: Question | None = None

    @property
    def commands(self) -> tuple[str, ...]:
        """The solution, one command per line."""
        return tuple(line for line in self.solution.splitlines() if line.strip())

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at to judge it."""
        asked = self.question.answer.queries if self.question else ()
        return tuple(query for check in self.checks for query in check.queries) + asked


class Lab(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A lab. Its slug identifies it: a name for a lab of the course, the full path of its file for any other."""

    title: Annotated[str, Meta(min_length=1)]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    about: str = ""
    minutes: Annotated[int, Meta(ge=0, le=1000)] = 0
    values: dict[str, str] = {}
    slug: str = ""

    @property
    def typed(self) -> str:
        """The slug as it is typed in a shell."""
        return shlex.quote(self.slug)

    def step(self, step_id: str) -> Step:
        """The step with this id. Raises :class:`UnknownName`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        ids = [step.id for step in self.steps]
        raise UnknownName(
            f"The lab {self.slug} has no step called {step_id}.", step_id, ids, f"Its steps are: {', '.join(ids)}."
        )
