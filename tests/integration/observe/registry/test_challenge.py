"""Registries that ask who we are: they are recognised, nothing of them is taken for absent, and no password is sent.

Public ones answer 401 first and hand a token to everybody: that is fetched once, and shown to the registry alone.
"""

from __future__ import annotations

import socket

import msgspec
import pytest

from labcheck.observe import Observer
from labcheck.query import Catalog, Ping, Pong, StoredAt, Subject, Tags
from labcheck.snapshot import Absent, Found
from tests.support.looks import CONTENT, QUERIES, REGISTRY, look, looks, reason, reasons
from tests.support.loopback import Answer, Asked, Loopback, reply, silent

TOKEN = "an.anonymous-token"  # noqa: S105 - everybody gets it
WANTED = "{} asks for a password."
KNOWN = "{} shows this only to users that it knows: it asks for a password."
ELSEWHERE = "http://auth.test/token"
"""In plain HTTP, and not on this machine: nobody goes there."""


@pytest.mark.parametrize("body", ["", "no", '{"errors":[{"code":"UNAUTHORIZED"}]}'], ids=["empty", "text", "JSON"])
@pytest.mark.parametrize("headers", [{}, REGISTRY], ids=["bare", "with the registry's header"])
@pytest.mark.parametrize(
    "challenge",
    [
        'Basic realm="Lab Registry"',
        "basic realm=zot",
        f'Bearer realm="{ELSEWHERE}",service="x"',
        f"bearer realm={ELSEWHERE}",
        'Bearer realm="file:///etc/passwd"',
        'Bearer realm="http://["',
        "Bearer",
    ],
)
def test_who_asks_for_a_token_is_a_registry_and_whoever_asks_shows_nothing(
    challenge: str, headers: dict[str, str], body: str
) -> None:
    with Loopback(lambda *_: reply(401, body, WWW_Authenticate=challenge, **headers)) as server:
        is_one = bool(headers) or "errors" in body or challenge.lower().startswith("bearer")
        assert look(Ping(server.domain)) == Found(Pong(is_registry=is_one, status=401, server=""))
        assert reasons([query(server.domain) for query in CONTENT]) == {WANTED.format(server.domain)}
        assert len(server.asked) == len(QUERIES)
        assert not any("authorization" in asked.headers for asked in server.asked)


def test_a_registry_that_only_mentions_a_login_shows_all() -> None:
    """As zot does where everybody may read: a challenge on a 200, and no body."""

    def zot(asked: Asked, _: socket.socket) -> bytes:
        body = '{"repositories": ["a"]}' if asked.target.endswith("_catalog") else ""
        return reply(200, body, WWW_Authenticate="basic realm=zot", **REGISTRY)

    with Loopback(zot) as server:
        assert look(Ping(server.domain)) == Found(Pong(is_registry=True, status=200, server=""))
        assert look(Catalog(server.domain)) == Found(("a",))
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("answer", "is_registry"),
    [
        (reply(200, "{}"), True),
        (reply(200, "{}\n", Content_Type="text/plain"), True),
        (reply(200, ""), False),
        (reply(200, '{"hello": "world"}'), False),
        (reply(401, "log in"), False),
        (reply(401, "log in", WWW_Authenticate="Negotiate"), False),
        (reply(401, "log in", WWW_Authenticate='Basic realm="our wiki"'), False),
        (reply(401, "log in", WWW_Authenticate='Bearer realm="https://r.example/token"'), True),
        (reply(403, "", WWW_Authenticate="Basic realm=x"), False),
    ],
)
def test_the_registrys_header_is_optional(answer: bytes, is_registry: bool) -> None:  # noqa: FBT001 - a case
    with Loopback(lambda *_: answer) as server:
        pong = look(Ping(server.domain))
        assert isinstance(pong, Found)
        assert pong.value.is_registry is is_registry


class Public:
    """A registry that shows its catalog to whoever has the token, and what hands that out."""

    def __init__(self, handed: bytes, *, error: str = "", content: bytes = b"") -> None:
        self.realm = Loopback(lambda *_: handed)
        self.registry = Loopback(self._answer)
        self._error = error
        self._content = content or reply(200, {"repositories": ["a"], "tags": ["1"]}, **REGISTRY)

    @property
    def challenge(self) -> str:
        """Where the token is."""
        return f'Bearer realm="http://{self.realm.domain}/token",service="s",scope="registry:catalog:*"'

    def _answer(self, asked: Asked, _: socket.socket) -> Answer:
        if asked.headers.get("authorization") == f"Bearer {TOKEN}" and not self._error:
            return self._content
        error = f',error="{self._error}"' if "authorization" in asked.headers else ""
        return reply(401, {"errors": [{"code": "UNAUTHORIZED"}]}, WWW_Authenticate=self.challenge + error)


@pytest.mark.parametrize("field", ["token", "access_token"])
def test_a_token_that_everybody_gets_is_fetched_and_shown(field: str) -> None:
    public = Public(reply(200, {field: TOKEN, "expires_in": 60}))
    with public.realm, public.registry as server:
        assert look(Catalog(server.domain)) == Found(("a",))
        assert [asked.target for asked in server.asked] == ["/v2/_catalog"] * 2
        (asked,) = public.realm.asked
        assert asked.target == "/token?service=s&scope=registry%3Acatalog%3A%2A"
        assert "authorization" not in asked.headers


def test_who_is_there_is_seen_without_a_token() -> None:
    public = Public(reply(200, {"token": TOKEN}))
    with public.realm, public.registry as server:
        assert look(Ping(server.domain)) == Found(Pong(is_registry=True, status=401, server=""))
        assert public.realm.asked == []


@pytest.mark.parametrize("error", ["insufficient_scope", "invalid_token", "INSUFFICIENT_SCOPE"])
def test_a_token_that_is_not_enough_is_no_loop(error: str) -> None:
    public = Public(reply(200, {"token": TOKEN}), error=error)
    with public.realm, public.registry as server:
        assert reasons([query(server.domain) for query in CONTENT]) == {KNOWN.format(server.domain)}
        assert len(server.asked) == 2 * len(CONTENT)
        assert len(public.realm.asked) == len(CONTENT)


def test_a_token_that_is_enough_for_one_thing_only_is_fetched_once() -> None:
    def answer(asked: Asked, _: socket.socket) -> bytes:
        if "authorization" in asked.headers and "/manifests/" in asked.target:
            return reply(200, {"config": {"digest": "sha256:" + "0" * 64}})
        return reply(401, WWW_Authenticate=public.challenge)

    public = Public(reply(200, {"token": TOKEN}))
    with public.realm, public.registry, Loopback(answer) as server:
        assert reason(StoredAt(f"{server.domain}/a")) == KNOWN.format(server.domain)
        assert len(public.realm.asked) == 1
        assert len(server.asked) == 3


def test_a_scope_that_is_refused_at_once_is_said() -> None:
    challenge = f'Bearer realm="{ELSEWHERE}",error="insufficient_scope"'
    with Loopback(lambda *_: reply(401, WWW_Authenticate=challenge)) as server:
        assert reason(Catalog(server.domain)) == KNOWN.format(server.domain)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "handed",
    [
        reply(401, {"token": TOKEN}),
        reply(403, "no"),
        reply(404),
        reply(200, ""),
        reply(200, "[]"),
        reply(200, {"token": None, "access_token": 7}),
        reply(200, {"token": ""}),
        reply(200, {"token": "two\r\nHeaders: in one"}),
        reply(200, {"token": "ä"}),
    ],
)
def test_where_nobody_gets_a_token_a_password_is_asked_for(handed: bytes) -> None:
    public = Public(handed)
    with public.realm, public.registry as server:
        assert reasons([query(server.domain) for query in CONTENT]) == {WANTED.format(server.domain)}
        assert len(server.asked) == len(public.realm.asked) == len(CONTENT)


@pytest.mark.parametrize(
    ("handed", "expected"),
    [
        (reply(503), "{} has a problem of its own: it answers with an error (503)."),
        (reply(429, Retry_After="7"), "{} asks us to slow down: too many requests, and to come back in 7 seconds."),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "What answers at {} does not speak HTTP."),
        (reply(200, " " * 1_100_000), "{} sent more than 1 MiB for one answer."),
        (reply(302, "", Location="/token"), "{} sends us in circles, from one address to the next."),
    ],
)
def test_trouble_with_the_token_is_trouble_of_whoever_hands_it_out(handed: bytes, expected: str) -> None:
    public = Public(handed)
    with public.realm, public.registry as server:
        where = public.realm.domain
        sent = f"{server.domain} requires permission from {where} first. "
        assert reason(Catalog(server.domain)) == sent + expected.format(where)


def test_nobody_where_the_token_should_be_is_no_absence() -> None:
    public = Public(b"")
    public.realm.__exit__(None, None, None)
    with public.registry as server:
        expected = f" first. Nothing answers at {public.realm.domain}."
        assert all(why.endswith(expected) for why in reasons([query(server.domain) for query in CONTENT]))


def test_a_token_that_takes_too_long_is_not_waited_for() -> None:
    public = Public(b"")
    with Loopback(silent) as slow, public.registry as server:
        public.realm.__exit__(None, None, None)
        public.realm = slow
        assert " did not answer within 0.3 s." in reason(Catalog(server.domain), timeout=0.3)


def test_a_token_stays_with_its_registry_and_leaves_no_trace() -> None:
    with Loopback(lambda *_: reply(200, {"repositories": ["b"]})) as storage:
        public = Public(reply(200, {"token": TOKEN}), content=reply(307, "", Location=f"http://{storage.domain}/s"))
        with public.realm, public.registry as server, Observer(Subject(), timeout=5) as observer:
            queries = (Catalog(server.domain), Tags(server.domain, "a"), StoredAt(f"{server.domain}/a"))
            snapshot = observer.observe(queries).snapshot
            assert snapshot.ask(queries[0]) == Found(("b",))
            assert len(storage.asked) == len(queries)
            assert not any("authorization" in asked.headers for asked in (*storage.asked, *public.realm.asked))
            assert TOKEN not in msgspec.json.encode(snapshot).decode()


def test_a_token_goes_where_the_registry_leads_in_its_own_house() -> None:
    def answer(asked: Asked, _: socket.socket) -> bytes:
        if "authorization" not in asked.headers:
            return reply(401, WWW_Authenticate=public.challenge)
        if asked.target == "/v2/_catalog":
            return reply(307, "", Location="/elsewhere")
        return reply(200, {"repositories": ["a"]})

    public = Public(reply(200, {"token": TOKEN}))
    with public.realm, public.registry, Loopback(answer) as server:
        assert look(Catalog(server.domain)) == Found(("a",))


def test_what_a_token_does_not_show_is_absent_only_by_the_registrys_word() -> None:
    unknown = reply(404, {"errors": [{"code": "NAME_UNKNOWN"}]})
    public = Public(reply(200, {"token": TOKEN}), content=unknown)
    with public.realm, public.registry as server:
        assert looks([Tags(server.domain, "a"), StoredAt(f"{server.domain}/a")]) == [Absent(), Absent()]
