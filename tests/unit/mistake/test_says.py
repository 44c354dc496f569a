"""What a message says is found with the learner's own words in it, and no faster than the message grows in time."""

from __future__ import annotations

import re
import time

import pytest

from labcheck.mistake.says import pattern


@pytest.mark.parametrize(
    ("text", "message", "found"),
    [
        ("No such container: {name}", "Error: No such container: web\n", {"name": "web"}),
        ("bind {host}:{port} failed", "bind localhost:5000 failed", {"host": "localhost", "port": "5000"}),
        ("{image} is [not] here.", "localhost:5000/a.b is [not] here.", {"image": "localhost:5000/a.b"}),
        ('open "{file}": permission', 'open "/etc/x": permission denied', {"file": "/etc/x"}),
        ("prints {{.Names}} twice", "it prints {{.Names}} twice", {}),
    ],
)
def test_a_gap_is_a_word(text: str, message: str, found: dict[str, str]) -> None:
    match = re.search(pattern(text), message)
    assert match
    assert match.groupdict() == found


@pytest.mark.parametrize("message", ["No such container: \n", "no such container: web", "No such\ncontainer: web"])
def test_what_is_otherwise_is_not_found(message: str) -> None:
    assert not re.search(pattern("No such container: {name}"), message)


@pytest.mark.parametrize("text", ["{a} {b}", "failed: {name} and {name}", "it cannot be {a}{b} at all"])
def test_what_would_be_found_anywhere_or_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        pattern(text)


def test_a_text_made_to_be_slow_is_not() -> None:
    text = "x" * 10 + "".join(f"{{g{number}}}x" for number in range(30)) + "never"
    began = time.process_time()
    assert not re.search(pattern(text), "x" * 20_000)
    assert time.process_time() - began < 5
