"""Waiting looks at least once, goes on once it may, and ends at its deadline."""

from __future__ import annotations

import time
from itertools import count

from labcheck.wait import repeat, wait_until


def test_what_holds_already_is_not_waited_for() -> None:
    began = time.monotonic()
    assert wait_until(lambda: True, 60, every=60)
    assert wait_until(lambda: True, 0)
    assert wait_until(lambda: True, -1)
    assert time.monotonic() - began < 30


def test_what_never_holds_is_looked_at_once_and_given_up_at_the_deadline() -> None:
    looks = count(1)
    assert not wait_until(lambda: bool(next(looks) < 0), 0)
    assert next(looks) == 2
    began = time.monotonic()
    assert not wait_until(lambda: False, 0.2, every=60)
    assert 0.2 <= time.monotonic() - began < 30


def test_it_ends_as_soon_as_it_holds() -> None:
    looks = count(1)
    assert wait_until(lambda: next(looks) == 3, 60, every=0.001)
    assert next(looks) == 4


def test_the_last_result_is_returned_whether_it_is_as_wanted_or_not() -> None:
    numbers = count(1)
    assert repeat(lambda: next(numbers), lambda number: number == 3, 60, every=0.001) == 3
    assert repeat(lambda: next(numbers), lambda number: number == 3, 0) == 4
