"""The lesson on names: each attempt draws others, and the parser answers whatever is asked about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.lab import Step, load
from labcheck.name import canonical
from labcheck.question import Question
from labcheck.reference import parse_reference
from labcheck.verdict import Outcome

LAB = load("image-names")
SEEDS = st.text(max_size=20)
ASKED = [step.id for step in LAB.steps if step.question and step.question.answer.name]


def drawn(seed: str) -> dict[str, Question]:
    """The questions about names that are drawn from this seed."""
    return {step.id: step.question for step in LAB.drawn(seed).steps if step.id in ASKED and step.question}


def names(seed: str) -> list[tuple[str, ...]]:
    """The names that are drawn from this seed, for each question."""
    return [question.answer.name.names for question in drawn(seed).values() if question.answer.name]


def test_names_of_at_least_twelve_kinds_are_drawn() -> None:
    assert len(ASKED) >= 12
    lists = [drawn(str(seed)) for seed in range(20)]
    for step in ASKED:
        assert len({questions[step].answer.name for questions in lists}) > 5, step


@given(SEEDS, SEEDS)
def test_two_attempts_never_get_the_same_names(one: str, other: str) -> None:
    assert (names(one) == names(other)) == (one == other)


def test_two_hundred_attempts_get_two_hundred_lists_and_each_gets_its_own_again() -> None:
    lists = [str(names(str(seed))) for seed in range(200)]
    assert len(set(lists)) == 200
    assert str(names("7")) == lists[7]


@given(SEEDS)
def test_the_right_answer_is_right_and_each_explained_one_is_wrong(seed: str) -> None:
    for step, question in drawn(seed).items():
        right = question.answer.fixed
        assert question.judge(", ".join(sorted(right)), right).outcome is Outcome.PASS, step
        assert not question.why_wrong(", ".join(sorted(right)))
        for wrong, why in question.wrong.items():
            assert question.judge(wrong, right).outcome is Outcome.FAIL, (step, wrong)
            assert question.why_wrong(wrong) == why


@given(SEEDS)
def test_what_is_asked_about_stands_in_the_question(seed: str) -> None:
    for step, question in drawn(seed).items():
        assert question.answer.name
        if step != "write":  # its parts do
            assert all(name in question.ask for name in question.answer.name.names), step


@given(SEEDS)
def test_the_popular_error_is_explained(seed: str) -> None:
    question = drawn(seed)["in-full"]
    (official,) = question.answer.name.names if question.answer.name else ()
    assert parse_reference(official).canonical == f"docker.io/library/{official}"
    for wrong in (f"{official}/{official}", f"docker.io/{official}/{official}:latest"):
        assert f"of an account that is called {official}" in question.why_wrong(wrong)


@given(SEEDS)
def test_a_question_of_several_names_has_right_and_wrong_ones(seed: str) -> None:
    for step in ("same", "refused"):
        question = drawn(seed)[step]
        assert question.answer.name
        others = set(question.answer.name.names[step == "same" :]) - question.answer.fixed
        assert len(question.answer.fixed) >= 2
        assert len(others) >= 2
        for other in others:
            assert canonical(other) in question.why_wrong(other)


@given(SEEDS)
def test_every_reason_for_refusing_a_name_is_offered_and_no_other_is_taken(seed: str) -> None:
    question = drawn(seed)["why-refused"]
    assert question.answer.fixed < set(question.choices)
    for choice in set(question.choices) - question.answer.fixed:
        assert question.why_wrong(choice)


@pytest.mark.parametrize("step", [step for step in LAB.steps if step.question], ids=lambda step: step.id)
def test_every_question_has_hints_and_explains_wrong_answers(step: Step) -> None:
    assert step.hints
    assert step.question
    assert step.question.wrong or step.question.answer.name


def test_there_are_more_lists_than_seeds_that_a_learner_could_have() -> None:
    values = LAB.template["values"]
    assert isinstance(values, dict)
    count = 1
    for value in values.values():
        if isinstance(value, dict):
            count *= int(str(value["to"])) - int(str(value["from"])) + 1
        elif isinstance(value, list):
            count *= len(value)
    assert count > 2**64
