"""Whether a blob has its bytes, and whether a registry deletes: what is asked for it, and what each answer means."""

from __future__ import annotations

import socket

import pytest

from labcheck.query import BlobAt, Deleting, KeptBlob
from labcheck.snapshot import Absent, Found, Unknown
from tests.support.looks import REGISTRY, look
from tests.support.loopback import Answer, Asked, Loopback, reply

DIGEST = f"sha256:{'a' * 64}"
SIZE = 300_000
HEADERS = REGISTRY | {"Content_Length": str(SIZE)}


def blob(get: Answer, head: Answer) -> object:
    """What one look says of a blob; after what it sends of it, the server closes the connection."""

    def answer(asked: Asked, connection: socket.socket) -> Answer:
        if asked.method == "HEAD":
            return head
        connection.sendall(get or b"")
        return None

    with Loopback(answer) as server:
        return look(BlobAt(server.domain, "team/site", DIGEST))


KNOWN = reply(200, **HEADERS)


def test_a_blob_whose_bytes_come_is_there_and_is_not_fetched_whole() -> None:
    assert blob(reply(200, b"x" * SIZE, **HEADERS), KNOWN) == Found(KeptBlob(SIZE, has_bytes=True))
    assert blob(None, reply(200, **REGISTRY)) == Found(KeptBlob(0, has_bytes=True)), "there is nothing to fetch"


def test_a_blob_that_is_only_remembered_sends_nothing() -> None:
    assert blob(reply(200, **HEADERS), KNOWN) == Found(KeptBlob(SIZE, has_bytes=False))


def test_a_blob_that_the_registry_does_not_know_is_absent() -> None:
    assert blob(None, reply(404, **REGISTRY)) == Absent()


@pytest.mark.parametrize(("get", "head"), [(KNOWN, reply(500)), (reply(500), KNOWN), (reply(401), KNOWN)])
def test_any_other_answer_says_nothing_of_it(get: Answer, head: Answer) -> None:
    assert isinstance(blob(get, head), Unknown)


def error(status: int, code: str) -> bytes:
    return reply(status, {"errors": [{"code": code, "message": "x"}]}, **REGISTRY)


@pytest.mark.parametrize(
    ("answer", "enabled"),
    [
        (error(405, "UNSUPPORTED"), False),
        (reply(405, "Method not allowed", **REGISTRY), False),
        (error(404, "MANIFEST_UNKNOWN"), True),
        (error(404, "NAME_UNKNOWN"), True),
        (reply(404, "404 page not found", **REGISTRY), None),
        (reply(405, "Method not allowed"), None),
        (reply(202, **REGISTRY), None),
        (error(401, "UNAUTHORIZED"), None),
        (reply(500, **REGISTRY), None),
    ],
)
def test_whether_it_deletes_shows_in_what_it_says_of_a_manifest_that_nobody_has(
    answer: bytes,
    enabled: bool | None,  # noqa: FBT001 - a case
) -> None:
    with Loopback(lambda _asked, _socket: answer) as server:
        seen = look(Deleting(server.domain))
        asked = [(it.method, it.target) for it in server.asked]
    assert seen == Found(enabled) if enabled is not None else isinstance(seen, Unknown)
    assert asked == [("DELETE", f"/v2/labcheck/manifests/sha256:{'0' * 64}")]


def test_no_registry_elsewhere_is_ever_asked_to_delete() -> None:
    seen = look(Deleting("registry.example.com"))
    assert isinstance(seen, Unknown)
    assert (
        seen.reason == "labcheck asks only a registry on this machine whether it deletes, and not registry.example.com."
    )
