"""What a wall is told of a learner: where they are, and nothing that they named, typed or were told."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from labcheck.report import Report, State
from labcheck.share.where import STANDS, Stand, Where, is_signed, signature, where
from tests.support.recorded import ATTEMPTS, report
from tests.support.reports import PULLED, PUSH_LATER, REPORTS, STARTED, made, no, step


def test_every_state_has_its_number() -> None:
    assert {state.name: STANDS[state] for state in State} == {stand.name: stand for stand in Stand}


def test_it_says_the_open_step_and_its_mistake() -> None:
    wrong = step("push", "Push", no("a", "b", "c", "docker push x", why="said", diagnosis="tagged-not-pushed"))
    told = where(made(STARTED, PULLED, wrong), finished=2)
    assert (told.lab, told.at, told.mistake, told.finished) == ("push-and-pull", "push", "tagged-not-pushed", 2)
    assert [(it.id, it.stand.name) for it in told.steps] == [
        ("start-registry", "DONE"),
        ("pull", "DONE"),
        ("push", "NEXT"),
    ]


def test_when_all_is_done_no_step_is_open() -> None:
    assert where(made(STARTED, PULLED)).at == ""


@pytest.mark.parametrize("those", [REPORTS.values(), map(report, list(ATTEMPTS)[::8])], ids=["made", "recorded"])
def test_nothing_but_the_lab_s_own_names_is_told(those: Iterable[Report]) -> None:
    for each in those:
        known = {each.lab, *(it.id for it in each.steps)} | {it.diagnosis for step in each.steps for it in step.checks}
        assert set(_texts(msgspec.to_builtins(where(each)))) <= known | {""}


def test_of_a_lab_in_a_file_the_folders_are_not_told() -> None:
    assert where(made(STARTED, lab="/home/ann/own.yaml")).lab == "own.yaml"


def test_a_signature_is_for_one_key_and_one_content() -> None:
    code = signature(b"key", b"content")
    assert is_signed(b"key", b"content", code)
    assert not is_signed(b"key", b"content ", code)
    assert not is_signed(b"other", b"content", code)
    assert not is_signed(b"key", b"content", "é" + code[1:])


def test_only_what_lasts_counts_as_a_change() -> None:
    assert Where(lab="a", idle=5, stuck=3, waiting=9).lasting == Where(lab="a", idle=7, waiting=0).lasting
    assert Where(lab="a").lasting != Where(lab="a", waiting=0).lasting


def test_a_step_that_comes_later_is_told_as_such() -> None:
    assert where(made(STARTED, PUSH_LATER)).steps[1].stand is Stand.LATER


def _texts(it: object) -> list[str]:
    match it:
        case str():
            return [it]
        case dict():
            return [text for value in it.values() for text in _texts(value)]
        case list() | tuple():
            return [text for value in it for text in _texts(value)]
    return []
