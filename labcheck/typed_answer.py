"""An answer as it was typed, read leniently: what surrounds it does not matter, and a number may be a word."""

from __future__ import annotations

import re
from collections.abc import Mapping

from labcheck.document import whole

LONGEST = 60
"""How many characters of an answer are quoted back."""
WORDS = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
"""Numbers that people write as words."""
NOTHING = {"none", "nothing", "no tag", "no digest", "no namespace"}
"""What people write where a name does not have a part."""


def names(value: str) -> frozenset[str]:
    """The names in it, whatever separates them; quotes, brackets and the catalog's JSON around them are ignored."""
    words = re.findall(r"[^\s,;&+\[\]{}\"']+", value)
    return frozenset(word.strip(":") for word in words) - {"", "repositories", "and"}


def number(value: str) -> str:
    """The whole number in it, in digits; any other word as it is."""
    word = _word(value).removesuffix("s").removesuffix(" image")
    read = whole(word)
    return WORDS.get(word, word) if read is None else str(read)


def digest(value: str) -> str:
    """The digest in it, with ``sha256:`` before its digits, whether it was typed or not; any other word as it is."""
    word = _word(value)
    found = re.search(r"(?:^|[:@\s])([0-9a-f]{6,})(?:\s+-?)?$", word)
    return f"sha256:{found[1]}" if found else word


def part(value: str) -> str:
    """The name, or part of a name, in it; the signs between parts around it are ignored."""
    word = value.strip().strip("\"'`").strip("/:@")
    return "none" if word.lower() in NOTHING else word


def choice(value: str, choices: Mapping[str, str]) -> str:
    """The name of the choice that is named, or whose text is quoted; any other word as it is."""
    word = _word(value)
    texts = {text.rstrip(".").lower(): name for name, text in choices.items()}
    return texts.get(word, word)


def shown(given: frozenset[str]) -> str:
    """The answer as it is quoted back to the learner."""
    answer = ", ".join(sorted(given))
    return answer if len(answer) <= LONGEST else f"{answer[:LONGEST]} ..."


def _word(value: str) -> str:
    return value.strip().strip("\"'").rstrip(".").lower()
