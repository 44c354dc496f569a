"""What was seen at one moment: for each query found, absent, or unknown and why. Immutable and serialisable.

The three are never mixed up: *absent* means that we looked and it is not there, *unknown* that we could not look.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Generic, TypeAlias, TypeVar, cast

import msgspec

from labcheck.cached import cached_property
from labcheck.cause import Cause, Disconnected, NotAsked
from labcheck.document import Document
from labcheck.query import Query, Reads

T = TypeVar("T")


class Found(msgspec.Struct, Generic[T], frozen=True):
    """We looked, and it is there."""

    value: T


class Absent(msgspec.Struct, frozen=True):
    """We looked, and it is not there."""


class Unknown(msgspec.Struct, frozen=True):
    """We could not look. The reason is one sentence for the learner, the cause says the same to programs."""

    reason: str
    cause: Cause

    @property
    def broke_off(self) -> bool:
        """Whether something accepted the connection and then closed it: something is there, but does not answer."""
        return isinstance(self.cause, Disconnected)


Evidence: TypeAlias = Found[T] | Absent | Unknown


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """One query's evidence: a document, or why we could not look, or neither (absent).

    It is read once: many checks ask for the same, and several labs share what one look saw.
    """

    query: Query
    found: dict[str, object] | None = None
    unknown: Unknown | None = None

    @property
    def evidence(self) -> Evidence[Document]:
        """The evidence, its document as observed."""
        if self.unknown is not None:
            return self.unknown
        return Absent() if self.found is None else Found(self.found)

    def read(self, _query: Reads[T]) -> Evidence[T]:
        """The evidence as its query reads it; the query that is given tells the type checker what that is."""
        return self.reading

    @cached_property
    def reading(self) -> Evidence[Any]:
        """The same, of any query."""
        seen = self.evidence
        return Found(self.query.read(seen.value)) if isinstance(seen, Found) else seen


class Snapshot(msgspec.Struct, frozen=True, dict=True):
    """Everything that one look saw, each query once."""

    answers: tuple[Answer, ...] = ()

    @classmethod
    def of(cls, evidence: Mapping[Query, Evidence[Document]]) -> Snapshot:
        """The snapshot of this evidence, in an order that does not depend on which answer came first."""
        return cls(tuple(_answer(query, evidence[query]) for query in sorted(evidence, key=msgspec.json.encode)))

    def ask(self, query: Reads[T]) -> Evidence[T]:
        """The evidence for the query, read by the query itself; unknown if it was not asked."""
        answer = self._by_query.get(query)
        return answer.reading if answer else Unknown("Nobody looked at that.", NotAsked())

    def only(self, queries: Collection[Query]) -> Snapshot:
        """What it saw of these queries."""
        answers = tuple(answer for answer in self.answers if answer.query in queries)
        return self if len(answers) == len(self.answers) else Snapshot(answers)

    @cached_property
    def _by_query(self) -> dict[object, Answer]:
        return {answer.query: answer for answer in self.answers}


def _answer(query: Query, evidence: Evidence[Document]) -> Answer:
    match evidence:
        case Found(value):
            return Answer(query, found=cast("dict[str, object]", value))
        case Unknown():
            return Answer(query, unknown=evidence)
        case _:
            return Answer(query)
