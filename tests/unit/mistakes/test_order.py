"""No answer depends on the alphabet: of two mistakes that fit the same, one says that it comes before the other."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from labcheck.mistake.known import told
from labcheck.mistake.message import read
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.asked import EACH, PAGES, RECOGNISERS, UNSEEN, asked
from tests.support.logs import past
from tests.unit.mistakes.test_other_wordings import MISSES, WORDINGS

BEFORE = {page.name: page.before for page in PAGES}
SAID = {name: recorded.message(name) for name in recorded.MESSAGES}
SAID |= {f"{kind} {it['of']}": it["said"] for kind, them in (("as", WORDINGS), ("no", MISSES)) for it in them}


@cache
def after(name: str) -> frozenset[str]:
    """All that is tried after this one because it says so, or what it names does."""
    return frozenset(BEFORE[name]).union(*(after(other) for other in BEFORE[name]))


def undecided(*names: str) -> list[tuple[str, str]]:
    return [
        (one, other) for one, other in combinations(names, 2) if one not in after(other) and other not in after(one)
    ]


@pytest.mark.parametrize("said", SAID)
def test_of_those_that_fit_a_message_it_is_said_which_comes_first(said: str) -> None:
    message = read(SAID[said])
    assert not undecided(*(page.name for page in PAGES if told(page, message)))


@pytest.mark.parametrize("name", recorded.ATTEMPTS)
def test_of_those_that_fit_what_was_seen_it_is_said_which_comes_first(name: str) -> None:
    seen = past(recorded.log(name))
    for check in (check for step in recorded.lab(name).steps for check in step.checks):
        if check.judge(seen).outcome is not Outcome.PASS:
            those = [it for it in RECOGNISERS[type(check).__name__] if not EACH[it].is_note]
            fit = [it for it in those if asked(EACH[it], check, seen)]
            assert not undecided(*fit)


@pytest.mark.parametrize("cause", UNSEEN)
def test_of_those_that_fit_what_kept_labcheck_from_looking_it_is_said_which_comes_first(cause: str) -> None:
    assert not undecided(*UNSEEN[cause])
