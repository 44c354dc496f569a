"""What a container shows counts as it is seen, and no event proves it."""

from __future__ import annotations

import pytest

from labcheck.cause import Disconnected
from labcheck.checks import PageServed
from labcheck.document import Document
from labcheck.query import PageAt
from labcheck.snapshot import Unknown
from labcheck.verdict import Outcome
from tests.support.stock import seen

AT = PageAt("localhost:8002", "Fresh bread")
BROKEN = Unknown("localhost:8002 closed the connection without answering.", Disconnected())


@pytest.mark.parametrize(
    ("page", "outcome", "actual"),
    [
        ({"status": 200, "says": True}, Outcome.PASS, "it does"),
        ({"status": 200, "says": False}, Outcome.FAIL, "something answers there (HTTP 200), and does not say that"),
        ({"status": 0, "says": False}, Outcome.FAIL, "something answers there, but not in HTTP, and does not say that"),
        (None, Outcome.FAIL, "nothing answers there"),
        (BROKEN, Outcome.INCONCLUSIVE, BROKEN.reason),
    ],
)
def test_a_page_is_served_where_it_says_the_words(
    page: Document | Unknown | None, outcome: Outcome, actual: str
) -> None:
    finding = PageServed(name="bakery", domain=AT.domain, words=AT.words).judge(seen({AT: page}))
    assert (finding.outcome, finding.actual) == (outcome, actual)
