"""One look from a test: at registries only, and in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from labcheck.observe import Observer
from labcheck.observe.tasks import Task
from labcheck.query import Catalog, Ping, Query, StoredAt, Subject, Tags
from labcheck.snapshot import Evidence, Unknown

SLACK = 5.0
"""How much later than its deadline a look may end on a machine that is busy."""
REGISTRY = {"Docker_Distribution_Api_Version": "registry/2.0"}
QUERIES: tuple[Callable[[str], Query], ...] = (
    Ping,
    Catalog,
    lambda domain: Tags(domain, "nginx"),
    lambda domain: StoredAt(f"{domain}/nginx"),
)
"""Every kind of query a registry is asked."""
CONTENT = QUERIES[1:]


def look(query: Query, *, timeout: float = 5.0) -> Evidence[Any]:
    """One look at one thing, which must end in time."""
    return looks([query], timeout=timeout)[0]


def looks(queries: list[Query], *, timeout: float = 5.0) -> list[Evidence[Any]]:
    """One look at several things, which must end in time."""
    assert nobody_waits(60), "what an earlier test asked never ends"
    began = time.monotonic()
    asked: list[Any] = list(queries)
    with pytest.MonkeyPatch.context() as patch, Observer(Subject(), timeout=timeout) as observer:
        patch.setenv("DOCKER_HOST", "unix:///there/is/no.sock")
        snapshot = observer.observe(asked).snapshot
    assert time.monotonic() - began < timeout + SLACK
    return [snapshot.ask(query) for query in asked]


def reason(query: Query, *, timeout: float = 5.0) -> str:
    """Why one look at one thing saw nothing."""
    return reasons([query], timeout=timeout).pop()


def reasons(queries: list[Query], *, timeout: float = 5.0) -> set[str]:
    """Why one look at several things saw nothing."""
    seen = looks(queries, timeout=timeout)
    assert all(isinstance(evidence, Unknown) for evidence in seen)
    return {evidence.reason for evidence in seen if isinstance(evidence, Unknown)}


def nobody_waits(seconds: float = 5.0) -> bool:
    """Whether every question that was asked in the background has come to an end, or soon does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(isinstance(thread, Task) for thread in threading.enumerate()):
            return True
        time.sleep(0.01)
    return False
