"""Everything that a registry lists, asked for in three rounds: its repositories, their tags, and what these name.

It is bounded in time and in number; what was not asked for is in no answer, so that whoever reads can say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from labcheck.document import Document
from labcheck.observe.deadline import LOOK, Deadline
from labcheck.observe.dispatch import Asked, Dispatch
from labcheck.observe.engine.api import Engine
from labcheck.observe.http.client import Client
from labcheck.observe.observer import AT_ONCE
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.relevance import Relevance
from labcheck.observe.tasks import TaskGroup
from labcheck.observe.trouble import evidence
from labcheck.query import Catalog, Query, Reads, StoredAt, Subject, Tags
from labcheck.snapshot import Evidence, Found, Snapshot

MOST_REPOSITORIES: Final = 50
MOST_NAMES: Final = 100
"""Tags of all repositories together that are followed down to the last blob."""


def look(domain: str, cache: RegistryCache | None = None, *, timeout: float = LOOK) -> Snapshot:
    """What the registry at this domain holds; what the ``cache`` of the looks before knows is not asked again."""
    deadline = Deadline(timeout)
    seen: dict[Query, Evidence[Document]] = {}
    with Client(deadline) as client:
        dispatch = Dispatch(Engine(), client, {}, deadline, cache or RegistryCache())

        def ask(queries: Sequence[Asked]) -> None:
            jobs = {query: partial(evidence, partial(_asked, dispatch, query)) for query in queries}
            answers = TaskGroup([(jobs, AT_ONCE)]).wait(deadline)
            seen.update({query: answers.get(query) or deadline.trouble(domain).unknown for query in queries})

        ask([Catalog(domain)])
        repositories = _found(seen, Catalog(domain))[:MOST_REPOSITORIES]
        ask([Tags(domain, name) for name in repositories])
        names = [f"{domain}/{name}:{tag}" for name in repositories for tag in _found(seen, Tags(domain, name))]
        ask([StoredAt(name) for name in names[:MOST_NAMES]])
    return Snapshot.of(seen)


def _asked(dispatch: Dispatch, query: Asked) -> Evidence[Document]:
    return dispatch.ask(query)(Relevance(Subject()))


def _found(seen: dict[Query, Evidence[Document]], query: Reads[tuple[str, ...]]) -> tuple[str, ...]:
    """The names of a list that was seen; none where it was not."""
    answer = Snapshot.of(seen).ask(query)
    return answer.value if isinstance(answer, Found) else ()
