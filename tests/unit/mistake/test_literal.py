"""What must stand in a message is found in its pattern, so that nothing is left out that would match."""

from __future__ import annotations

import re

import pytest

from labcheck.mistake.known import pages
from labcheck.mistake.literal import literals
from tests.support import recorded
from tests.unit.mistakes.test_other_wordings import WORDINGS

PATTERNS = [(page.name, pattern) for page in pages() for saying in page.sayings for pattern in saying.patterns]
SAID = [*map(recorded.message, recorded.MESSAGES), *(it["said"] for it in WORDINGS)]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("No such image: (?P<name>\\S+)", ("No such image: ",)),
        ("(?:first|second) thing", (" thing",)),
        ("(?:first one|second one)x", ("first one", "second one")),
        ("(?:optional words)?x", ()),
        ("(?i)No such image", ()),
        ("(?:many words)+ x", ("many words",)),
        ("(?=ahead)beyond", ("beyond",)),
        ("abc|longer", ()),
    ],
)
def test_the_longest_run_of_letters_that_must_be_there_is_found(pattern: str, found: tuple[str, ...]) -> None:
    assert literals(pattern) == found


def test_no_message_is_lost_by_it() -> None:
    for name, pattern in PATTERNS:
        anywhere = re.compile(pattern.text)  # once: there are more of them than ``re`` remembers
        for said in SAID:
            if anywhere.search(said):
                assert pattern.found(said), f"{name}: {pattern.text}"


def test_nearly_all_patterns_have_some() -> None:
    without = [pattern.text for _, pattern in PATTERNS if not pattern.literals]
    assert len(without) < len(PATTERNS) / 20
