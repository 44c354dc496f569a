"""A web page on this machine: whether it says certain words, and nothing more of it."""

from __future__ import annotations

import re

import pytest

from labcheck.cause import InvalidAddress
from labcheck.query import PageAt, WebPage
from labcheck.snapshot import Absent, Found, Unknown
from tests.support.looks import look
from tests.support.loopback import Loopback, reply


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(200, "<h1>Fresh bread</h1>"), WebPage(200, says=True)),
        (reply(404, "<h1>404 Not Found</h1>"), WebPage(404, says=False)),
        (reply(302, "", Location="http://192.0.2.1/"), WebPage(302, says=False)),
        (b"220 mail.example.com ESMTP\r\n", WebPage(0, says=False)),
    ],
)
def test_what_is_seen_of_a_page(answer: bytes, expected: WebPage) -> None:
    with Loopback(lambda *_: answer) as server:
        seen = look(PageAt(server.domain, "Fresh bread"))
    assert seen == Found(expected)


def test_nothing_answers() -> None:
    with Loopback(lambda *_: reply()) as server:
        domain = server.domain
    assert look(PageAt(domain, "Fresh bread")) == Absent()


def test_other_machines_are_not_asked() -> None:
    seen = look(PageAt("192.0.2.1:80", "Fresh bread"))
    assert isinstance(seen, Unknown)
    assert isinstance(seen.cause, InvalidAddress)
    assert re.fullmatch(r"192\.0\.2\.1:80 is not on this machine, .*", seen.reason)


def test_a_page_that_is_too_large_is_unknown() -> None:
    with Loopback(lambda *_: reply(200, " " * (1024 * 1024 + 1))) as server:
        assert isinstance(look(PageAt(server.domain, "Fresh bread")), Unknown)
