"""Versions are compared as numbers, and what begins with no number is older than any."""

from __future__ import annotations

import pytest

from labcheck.version import numbers, written


@pytest.mark.parametrize(
    ("text", "read"),
    [("1.43", (1, 43)), ("20.10.24", (20, 10, 24)), ("4", (4,)), ("1.9", (1, 9)), ("007.0", (7, 0))],
)
def test_a_version_is_read_as_numbers(text: str, read: tuple[int, ...]) -> None:
    assert numbers(text) == read
    assert numbers(written(read)) == read


def test_a_minor_version_of_two_digits_is_newer_than_one_of_one() -> None:
    assert numbers("1.9") < numbers("1.24") < numbers("1.43") < numbers("2")


@pytest.mark.parametrize("text", ["", ".1", "v1.2", "-1", "٣.1", " 1.2", "9" * 5000])
def test_what_begins_with_no_number_is_older_than_any(text: str) -> None:
    assert numbers(text) == () < (0,)


def test_what_follows_the_numbers_is_left_out() -> None:
    assert numbers("4.5.0rc1") == (4, 5)
    assert numbers("1.2-rc1.3") == (1,)
    assert numbers("1..2") == (1,)
