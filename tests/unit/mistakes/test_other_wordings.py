"""The same mistake in other words has the same name, and what only looks like it has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.mistake import LONGEST, explain
from tests.support.listed import listed

HERE = Path(__file__).parent
WORDINGS = listed(HERE / "other-wordings.yaml")
MISSES = listed(HERE / "near-misses.yaml")


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda it: it["of"])
def test_the_same_mistake_in_other_words_has_the_same_name(wording: dict[str, str]) -> None:
    told = explain(wording["said"])
    assert told is not None
    assert told[0] == wording["is"]
    assert wording["telling"] in " ".join((told[1].why, *told[1].fix.commands, told[1].fix.advice))


@pytest.mark.parametrize("miss", MISSES, ids=lambda it: it["of"])
def test_what_only_looks_like_it_has_not_its_name(miss: dict[str, str]) -> None:
    told = explain(miss["said"])
    assert told is None or told[0] != miss["is-not"]


def test_as_much_as_is_read_of_a_message_is_read_at_once() -> None:
    """A pattern that begins at each line anew and reads on to the end would take minutes."""
    pushes = "The push refers to repository [localhost:5000/nginx]\n2de083929d0e: Preparing\n"
    assert explain(pushes * (LONGEST // len(pushes))) is None
