"""What a look asks once, and what a recorder's looks need not ask again, with a registry that loses a layer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from labcheck.document import Document
from labcheck.observe import Observer, RegistryCache
from labcheck.observe.registry import cache as module
from labcheck.query import Catalog, Ping, Pong, Query, StoredAt, Subject, Tags
from labcheck.snapshot import Found, Snapshot
from tests.support.looks import REGISTRY
from tests.support.loopback import Answer, Asked, Loopback, reply
from tests.support.one_repository import BASE, CONFIG, FIRST, SECOND, Repository, digest


class Seen:
    """Looks at a repository's images: what they miss, and what was asked for that."""

    def __init__(self, repository: Repository, server: Loopback) -> None:
        self.repository = repository
        self.server = server
        self._observer = Observer(Subject(), timeout=10)

    def look(self, *queries: Query, cache: RegistryCache | None = None) -> tuple[Snapshot, list[str]]:
        """One look, and what was asked for it, sorted."""
        self.server.asked.clear()
        snapshot = self._observer.observe(queries, cache).snapshot
        return snapshot, sorted(asked.target.removeprefix("/v2/it/") for asked in self.server.asked)

    def missing(self, cache: RegistryCache | None, tag: str = "one") -> tuple[tuple[str, ...], int]:
        """What is missing of an image, and how many blobs were asked for."""
        query = StoredAt(f"{self.server.domain}/it:{tag}")
        snapshot, asked = self.look(query, cache=cache)
        seen = snapshot.ask(query)
        assert isinstance(seen, Found)
        return seen.value.missing, sum(target.startswith("blobs/") for target in asked)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    monkeypatch.setenv("DOCKER_HOST", "unix:///there/is/no.sock")
    repository = Repository()
    with Loopback(repository.answer) as server:
        yield Seen(repository, server)


def test_what_two_images_of_a_repository_share_is_asked_once(seen: Seen) -> None:
    queries = [StoredAt(f"{seen.server.domain}/it:{tag}") for tag in ("one", "two")]
    blobs = (digest(CONFIG), BASE, FIRST, SECOND)
    wanted = sorted(["manifests/one", "manifests/two", *(f"blobs/{blob}" for blob in blobs)])
    for _ in range(20):
        assert seen.look(*queries)[1] == wanted


def test_a_look_that_somebody_typed_asks_for_everything(seen: Seen) -> None:
    assert [seen.missing(None) for _ in range(2)] == [((), 3), ((), 3)]
    seen.repository.lost.add(FIRST)
    assert seen.missing(None) == ((FIRST,), 3)


EVENTS = ("container/start", "container/exec_create", "container/exec_die", "container/health_status", "volume/unmount")


@pytest.mark.parametrize("kind", [*EVENTS, "network/disconnect", "daemon/reload", "of a kind that is yet to come/x"])
def test_a_recorder_asks_again_after_whatever_may_take_a_layer_away(seen: Seen, kind: str) -> None:
    cache = RegistryCache()
    assert [seen.missing(cache) for _ in range(2)] == [((), 3), ((), 0)]
    seen.repository.lost.add(FIRST)
    for action in ("tag", "untag", "pull", "push", "delete"):
        cache.hear(_event(f"image/{action}"))
    assert seen.missing(cache) == ((), 0)
    cache.hear(_event(kind))
    assert seen.missing(cache) == ((FIRST,), 3)


def _event(kind: str) -> Document:
    what, _, action = kind.partition("/")
    return {"Type": what, "Action": action}


def test_where_something_is_missing_nothing_is_remembered(seen: Seen) -> None:
    cache = RegistryCache()
    seen.missing(cache, "two")
    seen.repository.lost.add(FIRST)
    assert [seen.missing(cache) for _ in range(2)] == [((FIRST,), 1), ((FIRST,), 3)]
    seen.repository.lost.clear()
    assert [seen.missing(cache) for _ in range(2)] == [((), 3), ((), 0)]


def test_a_layer_that_vanished_without_a_word_is_missed_some_seconds_later(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRESH", 0.3)
    cache = RegistryCache()
    assert seen.missing(cache) == ((), 3)
    seen.repository.lost.add(FIRST)
    time.sleep(0.3)
    assert seen.missing(cache) == ((FIRST,), 3)


def test_what_happens_while_it_is_asked_for_is_no_less_than_what_happens_after() -> None:
    cache = RegistryCache()

    def ask() -> bool:
        cache.hear(_event("container/die"))
        return True

    assert cache.once("it", ask)
    assert cache.once("it", lambda: None) is None


def test_another_image_under_the_same_name_is_another(seen: Seen) -> None:
    cache = RegistryCache()
    seen.missing(cache)
    seen.repository.manifests["one"] = seen.repository.manifests["two"]
    seen.repository.lost.add(SECOND)
    assert seen.missing(cache) == ((SECOND,), 1)


GREETED = Found(Pong(is_registry=True, status=200, server=""))


def _greeting(seen: Seen) -> tuple[object, bool]:
    """What is known of who answers, and whether it was asked for."""
    domain = seen.server.domain
    ping = Ping(domain)
    snapshot, asked = seen.look(ping, Catalog(domain), Tags(domain, "it"), StoredAt(f"{domain}/it:one"))
    return snapshot.ask(ping), "/v2/" in asked


@contextmanager
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("labcheck.observe.observer.AT_ONCE", 1)
        yield


def test_a_registry_whose_catalog_names_it_need_not_be_greeted(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    with _one_at_a_time(monkeypatch):
        assert _greeting(seen) == (GREETED, False)


def test_who_lists_without_its_name_is_greeted(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    seen.repository.lists = {}
    with _one_at_a_time(monkeypatch):
        domain = seen.server.domain
        snapshot, asked = seen.look(Ping(domain), Catalog(domain))
    assert (snapshot.ask(Ping(domain)), "/v2/" in asked) == (GREETED, True)


def test_a_list_that_was_shown_to_a_token_tells_not_who_answers_without(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = seen.server.domain

    def answer(asked: Asked, _: socket.socket) -> Answer:
        if asked.target == "/token":
            return reply(200, '{"token": "anonymous"}')
        if asked.target != "/v2/" and "authorization" in asked.headers:
            return reply(200, '{"repositories": []}', **REGISTRY)
        return reply(401, WWW_Authenticate=f'Bearer realm="http://{domain}/token"')

    monkeypatch.setattr(seen.server, "_behaviour", answer)
    with _one_at_a_time(monkeypatch):
        snapshot, asked = seen.look(Ping(domain), Catalog(domain))
    assert snapshot.ask(Catalog(domain)) == Found(())
    assert (snapshot.ask(Ping(domain)), "/v2/" in asked) == (Found(Pong(is_registry=True, status=401, server="")), True)
