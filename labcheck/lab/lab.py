"""What a lab is: its steps, and what each of them demands or asks."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from labcheck.cached import cached_property
from labcheck.check import Check
from labcheck.checks import AnyCheck
from labcheck.costs import Costs
from labcheck.digest import digest_of
from labcheck.errors import UnknownName
from labcheck.lab.values import Value, filled
from labcheck.name import canonical
from labcheck.query import ContainerNamed, ImageNamed, StoredAt
from labcheck.question import Question
from labcheck.ready import ready
from labcheck.seed import draw

if TYPE_CHECKING:
    from labcheck.past import Past
    from labcheck.query import Query


class Step(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """One thing to do, or one question to answer."""

    id: Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40)]
    title: Annotated[str, Meta(min_length=1)]
    points: Annotated[int, Meta(ge=0, le=1000)] = 1
    partial: bool = False
    """Whether it gives a share of its points before it is done: as many of its checks as ever held at once."""
    after: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    hints: tuple[Annotated[str, Meta(min_length=1)], ...] = ()
    explained: Literal["at-once", "when-asked"] = "at-once"
    """When it is said why a demand is not met: at once, or once the learner asked for a hint of the step."""
    solution: str = ""
    checks: tuple[AnyCheck, ...] = ()
    question: Question | None = None

    @property
    def commands(self) -> tuple[str, ...]:
        """The solution, one command per line."""
        return _commands(self.solution)

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at to judge it."""
        asked = self.question.answer.queries if self.question else ()
        return tuple(query for check in self.checks for query in check.queries) + asked

    @property
    def follows(self) -> bool:
        """Whether what is seen may lead to more that must be looked at."""
        asks = self.question is not None and self.question.answer.storage is not None
        return asks or any(type(check).follow_up is not Check.follow_up for check in self.checks)

    def follow_up(self, past: Past) -> tuple[Query, ...]:
        """What must be looked at, too, because of what was seen."""
        asked = self.question.answer.follow_up(past) if self.question else ()
        return tuple(query for check in self.checks for query in check.follow_up(past)) + asked


class LabFile(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What a lab file contains."""

    title: Annotated[str, Meta(min_length=1)]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    about: str = ""
    minutes: Annotated[int, Meta(ge=0, le=1000)] = 0
    values: Mapping[str, Value] = {}
    costs: Costs = Costs()
    setup: str = ""
    """Commands, one per line, that build the world in which the lab begins, if it does not begin with nothing."""


class Lab(LabFile, frozen=True, kw_only=True, dict=True):
    """A lab. Its slug identifies it: a name for a lab of the course, the full path of its file for any other."""

    values: Mapping[str, str] = {}
    """Each text as it was drawn and filled in."""
    slug: str = ""
    seed: str = ""
    """What its values were drawn from."""
    template: dict[str, object] = {}
    """The file's tree as it was before its values were filled in; empty where nothing is drawn."""

    @property
    def building(self) -> tuple[str, ...]:
        """The setup, one command per line."""
        return _commands(self.setup)

    @property
    def typed(self) -> str:
        """The slug as it is typed in a shell."""
        return shlex.quote(self.slug)

    @property
    def digest(self) -> str:
        """What identifies its content, whatever was drawn from it for whom, and wherever its file is."""
        return digest_of(msgspec.json.encode(self.template or {**msgspec.structs.asdict(self), "slug": ""}))

    @cached_property
    def names(self) -> frozenset[str]:
        """The containers and the images that it asks about, these in full."""
        queries = [query for step in self.steps for query in step.queries]
        containers = {query.name for query in queries if isinstance(query, ContainerNamed)}
        images = {canonical(query.reference) for query in queries if isinstance(query, ImageNamed | StoredAt)}
        return frozenset(containers | images)

    def drawn(self, seed: str) -> Lab:
        """The lab with the values that this seed draws: another attempt at it has others."""
        if not self.template or seed == self.seed:
            return self
        values = msgspec.convert(self.template["values"], ready(dict[str, Value]))
        tree = filled(self.template, values, partial(draw, seed), self.slug)
        return made(tree, slug=self.slug, seed=seed, template=self.template)

    def step(self, step_id: str) -> Step:
        """The step with this id. Raises :class:`UnknownName`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        ids = [step.id for step in self.steps]
        raise UnknownName(
            f"The lab {self.slug} has no step called {step_id}.", step_id, ids, f"Its steps are: {', '.join(ids)}."
        )


def _commands(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def made(tree: dict[str, object], *, slug: str, seed: str = "", template: dict[str, object] | None = None) -> Lab:
    """The lab of this tree, whose values are filled in. Raises ``msgspec.ValidationError``."""
    # A port can be a value, and values are texts: so a number may be one, too.
    file = msgspec.convert(tree, ready(LabFile), strict=False)
    return Lab(**msgspec.structs.asdict(file), slug=slug, seed=seed, template=template or {})
