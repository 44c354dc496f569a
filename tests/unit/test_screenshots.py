"""The README's pictures of the page are there, small, and told in words for whoever does not see them."""

from __future__ import annotations

import re

from tests.support.places import ROOT

LARGEST = 150_000
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r'!\[([^\]]+)\]\(([^)]+\.png)\)|src="([^"]+\.png)"[^>]* alt="([^"]+)"', README)


def test_each_is_there_and_small_and_told_in_words() -> None:
    told = {place or other: words or alternative for words, place, other, alternative in SHOWN}
    assert set(told) == {str(path.relative_to(ROOT)) for path in (ROOT / "tests/browser/screenshots").iterdir()}
    assert README.count(".png") == len(told)
    for place, words in told.items():
        assert (ROOT / place).stat().st_size < LARGEST
        assert len(words.split()) > 10
