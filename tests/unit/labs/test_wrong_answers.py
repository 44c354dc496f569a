"""A likely wrong answer is explained, however it is typed; the right one never is."""

from __future__ import annotations

import pytest

from labcheck.lab import load

LAB = load("push-and-pull")
CATALOG = [
    ("localhost:5000/httpd localhost:5000/nginx", "do not begin with its address"),
    ("localhost:5000/nginx,localhost:5000/httpd", "do not begin with its address"),
    ("repositories", "name of the list"),
    ("registry", "not in its own catalog"),
    ("registry nginx httpd", "not in its own catalog"),
    ("nginx:latest, httpd:latest", "without tags"),
    ("latest", "That is a tag"),
    ("library/nginx library/httpd", "Only on Docker Hub"),
    ("docker.io/library/nginx docker.io/library/httpd", "names on Docker Hub"),
    ("nginx", "more than one"),
    ("httpd", "more than one"),
    ("my-registry", "container's name"),
    ("nginx, http", "with a d at its end"),
    ("ngnix and httpd", "are swapped"),
]
COUNT = [
    ("0", "One is left"),
    ("2", "header"),
    ("3", "before"),
    ("4", "two names each"),
    ("05", "two lines each"),
    ("6", "header"),
]


@pytest.mark.parametrize(
    ("step", "answer", "says"), [*(("catalog", *it) for it in CATALOG), *(("images-left", *it) for it in COUNT)]
)
def test_a_likely_wrong_answer_is_explained(step: str, answer: str, says: str) -> None:
    question = LAB.step(step).question
    assert question is not None
    assert says in question.why_wrong(answer)


@pytest.mark.parametrize(
    "answer",
    ["httpd nginx", '{"repositories": ["httpd", "nginx"]}', '{"repositories":["httpd","nginx"]}', "nginx and httpd"],
)
def test_the_right_answer_is_read_however_it_is_typed(answer: str) -> None:
    question = LAB.step("catalog").question
    assert question is not None
    assert question.read(answer) == {"httpd", "nginx"}
    assert not question.why_wrong(answer)


@pytest.mark.parametrize("answer", ["1", " 01 ", "'1'", "1.", "one", "One", "1 image", "one image."])
def test_a_number_is_read_however_it_is_written(answer: str) -> None:
    question = LAB.step("images-left").question
    assert question is not None
    assert question.read(answer) == {"1"}


@pytest.mark.parametrize("answer", ["in-use", "IN-USE", "A container uses it.", "a container uses it"])
def test_a_choice_may_be_given_by_its_name_or_in_its_own_words(answer: str) -> None:
    question = LAB.step("why-one-stays").question
    assert question is not None
    assert question.read(answer) == {"in-use"}


def test_any_sign_may_stand_between_the_names_of_a_set() -> None:
    question = LAB.step("catalog").question
    assert question is not None
    assert question.read("httpd; nginx") == question.read("httpd & nginx") == {"httpd", "nginx"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("one", "2 names; 1 of yours is not among them and 2 are missing"),
        ("httpd", "2 names; 1 is missing"),
        ("httpd nginx one two", "2 names; 2 of yours are not among them"),
    ],
)
def test_of_names_it_is_said_how_many_are_wrong_and_how_many_are_missing(answer: str, expected: str) -> None:
    question = LAB.step("catalog").question
    assert question is not None
    assert question.judge(answer, frozenset({"httpd", "nginx"})).expected == expected
