"""A look at facts: each once, all at the same time, and none longer than the deadline."""

from __future__ import annotations

import time
from threading import Barrier, Event

import pytest

from labcheck.cause import NotAsked, TimedOut, Unreadable
from labcheck.doctor.look import Fact, Look, fact, look
from labcheck.doctor.system import System
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found, Unknown

HERE = System("linux", "desk")
LONG = 20.0


def seen(*facts: Fact[int], seconds: float = LONG) -> list[Evidence[int]]:
    """What is seen of these facts."""
    return list(look(facts, HERE, Deadline(seconds)).values())


def test_what_is_looked_at_is_evidence_whatever_happens() -> None:
    @fact()
    def there(_: Look) -> Evidence[int]:
        return Found(1)

    @fact()
    def missing(_: Look) -> Evidence[int]:
        return Absent()

    @fact()
    def closed(_: Look) -> Evidence[int]:
        raise CannotLook("It is closed.", Unreadable())

    @fact()
    def broken(_: Look) -> Evidence[int]:
        raise ZeroDivisionError

    *evidence, last = seen(there, missing, closed, broken)
    assert evidence == [Found(1), Absent(), Unknown("It is closed.", Unreadable())]
    assert isinstance(last, Unknown)
    assert "ZeroDivisionError" in last.reason


def test_all_facts_are_looked_at_at_the_same_time() -> None:
    together = Barrier(3, timeout=LONG)

    def waits(_: Look) -> Evidence[int]:
        return Found(together.wait())

    assert {it.value for it in seen(*(fact()(waits) for _ in range(3))) if isinstance(it, Found)} == {0, 1, 2}


def test_what_several_facts_need_is_looked_at_once() -> None:
    looks = []

    @fact()
    def needed(_: Look) -> Evidence[int]:
        looks.append(1)
        return Found(1)

    def needing(look: Look) -> Evidence[int]:
        return Found(look.value(needed) + 1)

    assert seen(*(fact()(needing) for _ in range(5)), needed) == [Found(2)] * 5 + [Found(1)]
    assert looks == [1]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (Unknown("It is closed.", Unreadable()), Unknown("It is closed.", Unreadable())),
        (Absent(), Unknown("There was nothing to look at.", NotAsked())),
    ],
)
def test_what_needs_a_fact_that_was_not_seen_was_not_seen_either(evidence: Evidence[int], expected: Unknown) -> None:
    needed = fact()(lambda _: evidence)

    @fact()
    def needing(look: Look) -> Evidence[int]:
        return Found(look.value(needed))

    assert seen(needing) == [expected]


def test_who_does_not_answer_is_named_and_not_waited_for() -> None:
    ended = Event()

    @fact("Somebody far away")
    def silent(_: Look) -> Evidence[int]:
        ended.wait(LONG)
        return Found(1)

    @fact("Somebody near")
    def needing(look: Look) -> Evidence[int]:
        return Found(look.value(silent))

    began = time.monotonic()
    found = seen(silent, needing, seconds=0.2)
    assert time.monotonic() - began < LONG / 2
    ended.set()
    assert found[0] == Unknown("Somebody far away did not answer within 0.2 s.", TimedOut(0.2))
    assert isinstance(found[1], Unknown)
