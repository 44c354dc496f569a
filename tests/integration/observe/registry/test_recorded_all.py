"""Every recorded exchange that a look could have had, given as the answer to such a question: nothing is left out.

What does not concern a look is named here, too: what writes, what needs a password, a part of a blob, a page that did
not change since, and paths that are never asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from labcheck.cause import NotARegistry, ServerError, Unauthorized, UnexpectedAnswer, UnsupportedFormat
from labcheck.observe import Observer
from labcheck.query import Catalog, Ping, Pong, Query, StoredAt, Subject, Tags
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.loopback import Asked, Loopback, reply
from tests.support.places import VECTORS
from tests.support.told import untold

EXCHANGES: list[dict[str, Any]] = json.loads((VECTORS / "registry-transcripts.json").read_text("utf-8"))
KINDS = {
    "ping": r"/v2/?",
    "catalog": r"/v2/_catalog(\?.*)?",
    "tags": r"/v2/.+/tags/list(\?.*)?",
    "manifest": r"/v2/.+/manifests/[^/]+",
    "blob": r"/v2/.+/blobs/[^/]+",
}
NEVER_SENT = {"Authorization", "Range", "If-None-Match"}
NEVER_ASKED = {"/", "/v1/_ping"}
"""And referrers, and the state of an upload."""
WANTED, NOT_UNDERSTOOD, STRANGE, TROUBLE = (
    " asks for a password.",
    " gave an answer that labcheck does not understand (HTTP status {}).",
    " does not answer as a registry does (HTTP status {}).",
    " has a problem of its own: it answers with an error ({}).",
)
CONFIG = "sha256:25e59633af76e23c85ac79d53ece64e4b252e70d4484458ac740cf791671ba6c"


def kind(exchange: dict[str, Any]) -> str:
    """What kind of question this is the answer to; the empty string if a look asks nothing of the kind."""
    request = exchange["request"]
    if request["method"] not in {"GET", "HEAD"} or NEVER_SENT & set(request["headers"]):
        return ""
    return next((name for name, path in KINDS.items() if re.fullmatch(path, request["path"])), "")


def of(name: str, method: str = "GET") -> list[dict[str, Any]]:
    return [one for one in EXCHANGES if kind(one) == name and one["request"]["method"] == method]


def said(exchange: dict[str, Any]) -> bytes:
    answer = exchange["response"]
    headers = {name.replace("-", "_"): value for name, value in answer["headers"].items()}
    return reply(answer["status"], answer.get("body") or "", **headers)


def codes(exchange: dict[str, Any]) -> set[str]:
    body = exchange["response"].get("body") or ""
    return {error["code"] for error in json.loads(body)["errors"]} if body.startswith('{"errors"') else set()


def page(exchange: dict[str, Any], key: str) -> set[str]:
    return set(json.loads(exchange["response"]["body"])[key] or ())


def expected(exchange: dict[str, Any]) -> Evidence[Any]:
    """What is seen where the registry gives no content; the reason without the name in front."""
    status = exchange["response"]["status"]
    if status == 404 and codes(exchange) & {"NAME_UNKNOWN", "MANIFEST_UNKNOWN"}:
        accepts = "accept header" in exchange["response"]["body"]
        return Unknown(NOT_UNDERSTOOD.format(status), UnexpectedAnswer()) if accepts else Absent()
    if status == 401:
        return Unknown(WANTED, Unauthorized())
    if status >= 500:
        return Unknown(TROUBLE.format(status), ServerError(status))
    return Unknown(NOT_UNDERSTOOD.format(status), UnexpectedAnswer())


class Replayed:
    """A registry that gives one recorded answer after the other at one path; elsewhere it goes on as recorded."""

    def __init__(self, path: str) -> None:
        self.exchange: dict[str, Any] = {}
        self._path = path

    def answer(self, asked: Asked, _: socket.socket) -> bytes:
        """The exchange's answer at its path; elsewhere, what the same registry said there."""
        if asked.target == self._path:
            return said(self.exchange)
        alike = [
            one
            for one in EXCHANGES
            if kind(one)
            and one["request"]["path"] == asked.target
            and one["request"]["method"] in {"GET", asked.method}
            and all(one[key] == self.exchange[key] for key in ("registry", "server"))
        ]
        if "/manifests/" in asked.target:
            alike = [one for one in alike if one["request"]["headers"].get("Accept") == asked.headers["accept"]]
        code = "MANIFEST_UNKNOWN" if "/manifests/" in asked.target else "BLOB_UNKNOWN"
        return said(alike[0]) if alike else reply(404, {"errors": [{"code": code}]})


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no.sock")


def each(
    exchanges: list[dict[str, Any]], path: str, query: Callable[[str], Query]
) -> Iterator[tuple[dict[str, Any], Evidence[Any]]]:
    """Each exchange, and what a look sees where it is the answer; a reason has no name in front."""
    replayed = Replayed(path)
    with Loopback(replayed.answer) as server, Observer(Subject(), timeout=5) as observer:
        asked: Any = query(server.domain)
        for exchange in exchanges:
            replayed.exchange = exchange
            seen = observer.observe([asked]).snapshot.ask(asked)
            if isinstance(seen, Unknown):
                assert not untold(seen)
                seen = Unknown(seen.reason.removeprefix(server.domain), seen.cause)
            yield exchange, seen


def test_every_exchange_is_used_or_does_not_concern_a_look() -> None:
    used = sum(len(of(name, method)) for name in KINDS for method in ("GET", "HEAD"))
    others = [one for one in EXCHANGES if not kind(one)]
    reads = [one["request"] for one in others if one["request"]["method"] in {"GET", "HEAD"}]
    assert used + len(others) == len(EXCHANGES)
    assert used > 460
    for request in reads:
        path = request["path"]
        assert (
            NEVER_SENT & set(request["headers"]) or path in NEVER_ASKED or "/referrers/" in path or "/uploads/" in path
        ), request


def test_who_is_there() -> None:
    pings = of("ping")
    assert len(pings) == 12
    for exchange, seen in each(pings, "/v2/", Ping):
        status = exchange["response"]["status"]
        if status == 301:
            assert isinstance(seen, Unknown), "it leads to itself here"
        else:
            assert seen == Found(Pong(is_registry=True, status=status, server=""))


@pytest.mark.parametrize(
    ("name", "path", "query", "key"),
    [
        ("catalog", "/v2/_catalog", Catalog, "repositories"),
        ("tags", "/v2/asked/tags/list", lambda domain: Tags(domain, "asked"), "tags"),
    ],
)
def test_lists(name: str, path: str, query: Callable[[str], Query], key: str) -> None:
    whole = 0
    for exchange, seen in each(of(name), path, query):
        status, link = exchange["response"]["status"], exchange["response"]["headers"].get("Link")
        if status == 200 and not link:
            assert seen == Found(tuple(sorted(page(exchange, key))))
            whole += 1
        elif status == 200 and isinstance(seen, Found):
            assert set(seen.value) >= page(exchange, key)
            whole += 1
        elif status == 200:
            assert isinstance(seen, Unknown), "the next page was not recorded"
        elif "page not found" in exchange["response"]["body"]:
            assert isinstance(seen, Unknown)
            assert seen.reason in {pattern.format(status) for pattern in (NOT_UNDERSTOOD, STRANGE)}
        else:
            assert seen == expected(exchange)
    assert whole > 60


def test_manifests() -> None:
    read = 0
    for exchange, seen in each(of("manifest"), "/v2/multi/manifests/asked", lambda at: StoredAt(f"{at}/multi:asked")):
        answer = exchange["response"]
        if answer["status"] != 200:
            strange = Unknown(STRANGE.format(answer["status"]), NotARegistry(answer["status"]))
            assert seen in (expected(exchange), *([] if codes(exchange) else [strange])), exchange["name"]
        elif json.loads(answer["body"])["schemaVersion"] == 1:
            assert seen == Unknown(" holds multi in a format that labcheck does not read.", UnsupportedFormat())
        else:
            assert isinstance(seen, Found)
            assert seen.value.digest == "sha256:" + hashlib.sha256(answer["body"].encode()).hexdigest()
            assert list(seen.value.document["manifests"])[0] == seen.value.digest  # noqa: RUF015 - the order is meant
            read += 1
    assert read > 60


def test_configs_and_layers() -> None:
    """The manifest that was recorded names the config that is asked for; only its own bytes will do."""
    asked = "multi:oci"
    for method in ("GET", "HEAD"):
        blobs = [one for one in of("blob", method) if one["response"].get("body") or method == "HEAD"]
        assert len(blobs) >= 6
        layer = "sha256:a5cc5e42b93de192600435f5f6305be8bf1a97858912ddf0b8f1471bf3ca2c66"
        digest = CONFIG if method == "GET" else layer
        path = f"/v2/multi/blobs/{digest}"
        for exchange, seen in each(blobs, path, lambda at: StoredAt(f"{at}/{asked}")):
            status = exchange["response"]["status"]
            if status in {200, 404}:
                assert isinstance(seen, Found)
                assert (digest in seen.value.missing) is (status == 404)
            else:
                assert seen == expected(exchange)
