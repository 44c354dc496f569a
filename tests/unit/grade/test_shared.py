"""What several learners' evidence has in common shows, also in part; what one learner hands in twice does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from labcheck.flag import Kind
from labcheck.grade.shared import Handed, Shared, traces
from labcheck.log import Happened, Log
from labcheck.submission import Learner, Submission
from tests.support import recorded

SOLVED = replace(recorded.log("solved"), engine="one")
OTHER = replace(recorded.log("untouched"), engine="two")


@pytest.fixture
def shared() -> Iterator[Shared]:
    shared = Shared()
    yield shared
    shared.close()


def _add(shared: Shared, number: int, learner: str, *logs: Log) -> None:
    handed = Submission(Learner(learner), 0, {}, logs)
    shared.add(number, Handed(learner, f"{number}.labcheck", tuple({log.lab for log in logs}), traces(handed)))


def test_two_learners_with_one_engine_and_its_containers(shared: Shared) -> None:
    _add(shared, 0, "ann", SOLVED)
    _add(shared, 1, "bob", OTHER, replace(SOLVED, attempt=2))
    _add(shared, 2, "eve", OTHER)
    flags = dict(shared.flags())
    assert {flag.kind for flag in flags.values()} == {Kind.SHARED}
    assert flags[0].says.startswith("It has the engine, 1 container and 8 instants in common with bob.")
    assert flags[1].says.startswith("It has the engine, 1 container and 8 instants in common with ann, eve.")
    assert flags[2].says.startswith("It has the engine in common with bob.")


def test_one_learner_who_hands_in_twice(shared: Shared) -> None:
    _add(shared, 0, "ann", SOLVED)
    _add(shared, 1, "ann", SOLVED)
    assert {number: flag.kind for number, flag in shared.flags()} == {0: Kind.TWICE, 1: Kind.TWICE}


def test_one_learner_who_hands_in_lab_by_lab(shared: Shared) -> None:
    _add(shared, 0, "ann", SOLVED)
    _add(shared, 1, "ann", replace(SOLVED, lab="another"))
    assert dict(shared.flags()) == {}


def test_who_has_no_id_is_not_known_to_be_the_same(shared: Shared) -> None:
    _add(shared, 0, "", OTHER)
    _add(shared, 1, "", OTHER)
    assert dict(shared.flags()) == {}


def test_another_engine_s_name_does_not_hide_the_rest(shared: Shared) -> None:
    _add(shared, 0, "ann", SOLVED)
    _add(shared, 1, "bob", replace(SOLVED, engine="another", entries=SOLVED.entries[:-3]))
    assert dict(shared.flags())[1].says.startswith("It has 1 container and 8 instants in common with ann.")


def test_one_instant_may_be_chance(shared: Shared) -> None:
    one = Happened({"Type": "image", "Action": "pull", "timeNano": 7, "Actor": {"ID": "nginx"}})
    _add(shared, 0, "ann", Log("lab", 1, (one,)))
    _add(shared, 1, "bob", Log("lab", 1, (one,)))
    assert dict(shared.flags()) == {}


def test_a_whole_class_on_one_server_names_a_few(shared: Shared) -> None:
    for number in range(100):
        _add(shared, number, f"l{number:02}", replace(OTHER, engine="server"))
    flags = dict(shared.flags())
    assert len(flags) == 100
    assert "in common with l00, l01, l02 and more." in flags[50].says


def test_few_traces_are_taken() -> None:
    many = Submission(Learner(), 0, {}, tuple(replace(SOLVED, attempt=number) for number in range(500)))
    assert len(traces(many)) <= 1 + 2 * 8
    hostile = tuple(replace(SOLVED, engine=str(number), entries=tuple(_starts(number, 100))) for number in range(200))
    assert len(traces(Submission(Learner(), 0, {}, hostile))) <= 50 * 17


def _starts(log: int, count: int) -> Iterator[Happened]:
    for number in range(count):
        actor = {"ID": f"{log}-{number}"}
        yield Happened({"Type": "container", "Action": "start", "timeNano": log * 1000 + number, "Actor": actor})
