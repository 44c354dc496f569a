"""From a lab to the queries that must be asked. Nothing else decides what is looked at."""

from __future__ import annotations

import msgspec

from labcheck.document import whole
from labcheck.lab import Lab
from labcheck.name import domain, parsed
from labcheck.past import Past
from labcheck.query import (
    Catalog,
    Certificate,
    ContainerNamed,
    Deleting,
    EngineInfo,
    ImageNamed,
    PageAt,
    PageStored,
    Ping,
    Query,
    StoredAt,
    Subject,
    Tags,
)


class Plan(msgspec.Struct, frozen=True):
    """The union of the queries of a lab's checks and questions, and what the lab is about."""

    queries: tuple[Query, ...]
    subject: Subject
    follows: bool = False
    """Whether what is seen may lead to more that must be looked at (:func:`follow_up`)."""


def plan(lab: Lab) -> Plan:
    """What must be looked at to judge the lab, each query once."""
    queries = tuple(dict.fromkeys([EngineInfo(), *(query for step in lab.steps for query in step.queries)]))
    return Plan(queries, _subject(lab, queries), any(step.follows for step in lab.steps))


def follow_up(lab: Lab, past: Past) -> tuple[Query, ...]:
    """What must be looked at, too, because of what was seen; each query once."""
    return tuple(dict.fromkeys(query for step in lab.steps for query in step.follow_up(past)))


def _subject(lab: Lab, queries: tuple[Query, ...]) -> Subject:
    mentioned = [name for step in lab.steps for check in step.checks for name in check.mentions]
    named = [query.reference for query in queries if isinstance(query, ImageNamed | StoredAt | PageStored)]
    references = [reference for name in (*mentioned, *named) if (reference := parsed(name))]
    asked = Ping | Certificate | Catalog | Tags | Deleting | PageAt
    domains = {query.domain for query in queries if isinstance(query, asked)}
    domains |= {domain(query.reference) for query in queries if isinstance(query, StoredAt | PageStored)}
    return Subject(
        containers=frozenset(query.name for query in queries if isinstance(query, ContainerNamed)),
        repositories=frozenset(reference.name for reference in references),
        domains=frozenset(domains),
        ports=frozenset(port for name in domains if (port := whole(name.rpartition(":")[2])) is not None),
    )
