"""A snapshot answers what was asked, and can be narrowed to what one lab asks."""

from __future__ import annotations

from labcheck.cause import NotAsked
from labcheck.query import ImageNamed
from labcheck.snapshot import Unknown
from tests.support.logs import look


def test_narrowed_to_some_queries_it_knows_nothing_of_the_others() -> None:
    seen = look(1, "nginx", "httpd").snapshot.only({ImageNamed("nginx")})
    assert [answer.query for answer in seen.answers] == [ImageNamed("nginx")]
    asked = seen.ask(ImageNamed("httpd"))
    assert isinstance(asked, Unknown)
    assert asked.cause == NotAsked()
