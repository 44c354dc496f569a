"""Whatever status a registry answers with, and whatever is in the body: nothing is taken for absent that is not."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest

from labcheck.cause import Cause, Forbidden, NotARegistry, ServerError, TooManyRequests, Unauthorized, UnexpectedAnswer
from labcheck.query import Ping, Pong
from labcheck.snapshot import Found, Unknown
from tests.support.looks import CONTENT, QUERIES, REGISTRY, looks
from tests.support.loopback import Loopback, reply

STATUSES = [status.value for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST]
BODIES = {
    "errors": json.dumps({"errors": [{"code": "UNSUPPORTED", "message": "no", "detail": None}]}),
    "JSON": json.dumps({"message": "no"}),
    "list": "[]",
    "text": "no",
    "page": "<html><h1>no</h1></html>",
    "empty": "",
}


def expected(status: int, *, is_known: bool) -> tuple[str, Cause]:
    """What a learner reads, and what a program does."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "{} asks us to slow down: too many requests.", TooManyRequests()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{{}} has a problem of its own: it answers with an error ({status}).", ServerError(status)
    if status == HTTPStatus.UNAUTHORIZED:
        return "{} asks for a password.", Unauthorized()
    if not is_known:
        return f"{{}} does not answer as a registry does (HTTP status {status}).", NotARegistry(status)
    if status == HTTPStatus.FORBIDDEN:
        return "{} does not let us look (HTTP status 403).", Forbidden()
    return f"{{}} gave an answer that labcheck does not understand (HTTP status {status}).", UnexpectedAnswer()


@pytest.mark.parametrize("headers", [{}, REGISTRY], ids=["bare", "with the registry's header"])
@pytest.mark.parametrize("body", BODIES)
def test_an_error_of_any_kind_is_unknown_and_says_why(body: str, headers: dict[str, str]) -> None:
    said: dict[str, Any] = {}
    is_known = bool(headers) or body == "errors"
    with Loopback(lambda *_: said["now"]) as server:
        for status in STATUSES:
            said["now"] = reply(status, BODIES[body], **headers)
            pong, *content = looks([query(server.domain) for query in QUERIES])
            sentence, cause = expected(status, is_known=is_known)
            reason = Unknown(sentence.format(server.domain), cause)
            assert content == [reason] * len(CONTENT)
            is_passing = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
            assert pong == (reason if is_passing else Found(Pong(is_known, status, "")))
            assert looks([Ping(server.domain)]) == [pong]
