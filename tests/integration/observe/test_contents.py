"""All that a registry lists is asked for in bounded time and number; what was not is counted, and never looks empty."""

from __future__ import annotations

import json
import socket
import time

import pytest

from labcheck.contents import Contents, contents
from labcheck.observe.contents import MOST_NAMES, MOST_REPOSITORIES, look
from tests.support.looks import REGISTRY, SLACK, nobody_waits
from tests.support.loopback import Answer, Asked, Behaviour, Loopback, reply
from tests.support.one_repository import FIRST, Repository
from tests.support.registry import HTTPD


def seen(behaviour: Behaviour, *, timeout: float = 20.0) -> tuple[Contents, list[Asked]]:
    """What is seen of a registry that answers so."""
    with Loopback(behaviour) as server:
        return contents(server.domain, look(server.domain, timeout=timeout)), list(server.asked)


def test_a_small_registry_is_seen_whole_and_what_it_lacks_is_marked() -> None:
    repository = Repository()
    repository.lost.add(FIRST)
    found, asked = seen(repository.answer)
    assert [(one.name, [tag.name for tag in one.tags]) for one in found.repositories] == [("it", ["one", "two"])]
    assert [blob.digest for held in found.held.values() for blob in held.lacks] == [FIRST]
    assert {one.method for one in asked} <= {"GET", "HEAD"}


def many(asked: Asked, _: socket.socket) -> Answer:
    """A registry with more repositories than are read, each with ten tags of one image."""
    if asked.target.startswith("/v2/_catalog"):
        return reply(200, json.dumps({"repositories": [f"r{number:03}" for number in range(70)]}), **REGISTRY)
    if asked.target.endswith("/tags/list"):
        return reply(200, json.dumps({"tags": [f"t{number}" for number in range(10)]}), **REGISTRY)
    return reply(200, HTTPD if "/manifests/" in asked.target else "{}", **REGISTRY)


def test_of_a_large_registry_only_so_much_is_asked_and_the_rest_is_counted() -> None:
    found, asked = seen(many, timeout=60)
    assert len(found.repositories) == MOST_REPOSITORIES
    assert found.unread == 70 - MOST_REPOSITORIES
    assert sum(len(one.tags) for one in found.repositories) == MOST_NAMES
    assert sum(one.unread for one in found.repositories) == MOST_REPOSITORIES * 10 - MOST_NAMES
    assert sum("/manifests/" in one.target for one in asked) == MOST_NAMES


@pytest.mark.parametrize("silent_at", ["/v2/_catalog", "/tags/list", "/manifests/"])
def test_a_registry_that_falls_silent_is_waited_for_only_so_long_and_that_is_said(silent_at: str) -> None:
    def behaviour(asked: Asked, connection: socket.socket) -> Answer:
        if silent_at in asked.target:
            time.sleep(5)
            return None
        return Repository().answer(asked, connection)

    began = time.monotonic()
    found, _ = seen(behaviour, timeout=1.0)
    assert time.monotonic() - began < 1.0 + SLACK
    told = [found.trouble, *(one.trouble for one in found.repositories)]
    told += [tag.trouble for one in found.repositories for tag in one.tags]
    assert any("did not answer" in reason for reason in told)
    assert not found.held
    assert nobody_waits(10)


def test_who_is_no_registry_is_not_one_that_is_empty() -> None:
    found, _ = seen(lambda *_: reply(404, "404 page not found"))
    assert "does not answer as a registry does" in found.trouble
