"""Lab files: what they may say, what is refused, and that the course's own are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

import labcheck
from labcheck.errors import InvalidLab, UnknownName
from labcheck.lab import load, parse, schema, slugs
from labcheck.plan import plan
from labcheck.query import ContainerNamed, EngineInfo, StoredAt

SCHEMA = Path(labcheck.__file__).with_name("lab.schema.json")


def test_the_schema_beside_the_labs_is_that_of_the_types() -> None:
    assert SCHEMA.read_bytes() == schema(), (
        "python -c 'from labcheck.lab import *; print(schema().decode(), end=str())'"
    )


@pytest.mark.parametrize("slug", slugs())
def test_a_lab_of_the_course_is_sound(slug: str) -> None:
    lab = load(slug)
    assert lab.slug == slug
    assert lab.about
    for step in lab.steps:
        assert step.hints, f"{step.id} has no hint"
        assert step.solution or step.question, f"{step.id} has no solution"
        if step.question:
            explains = step.question.wrong or step.question.answer.name
            assert explains, f"{step.id} explains no wrong answer"
            assert step.question.ask.endswith("?")


def test_values_are_put_in_and_braces_of_dockers_formats_stay() -> None:
    text = """
    title: "{what}"
    values: {what: nginx, registry: "localhost:5000"}
    steps:
      - id: a
        title: Say {{.Names}} and {{json .}}
        solution: docker ps --format '{{.Names}}' {what}
        checks: [{check: image-present, image: "{registry}/{what}"}]
    """
    lab = parse(text, "x")
    assert lab.title == "nginx"
    assert lab.steps[0].title == "Say {{.Names}} and {{json .}}"
    assert lab.steps[0].commands == ("docker ps --format '{{.Names}}' nginx",)
    assert lab.steps[0].checks[0].title == "The image localhost:5000/nginx is here"


def test_an_unknown_lab_names_those_there_are() -> None:
    with pytest.raises(UnknownName) as refused:
        load("nothing")
    assert "push-and-pull" in refused.value.remedy


def test_a_question_in_after_is_refused() -> None:
    with pytest.raises(InvalidLab, match="a question blocks no other step"):
        parse(
            """
            title: T
            steps:
              - {id: q, title: Q, question: {ask: "Is it?", kind: choice, answer: {choice: a}, choices: {a: A}}}
              - {id: b, title: B, after: [q], checks: [{check: image-present, image: x}]}
            """,
            "x",
        )


def test_the_plan_asks_each_question_once_and_knows_what_the_lab_is_about() -> None:
    planned = plan(load("push-and-pull"))
    assert len(planned.queries) == len(set(planned.queries))
    assert {EngineInfo(), ContainerNamed("my-registry"), StoredAt("localhost:5000/nginx:latest")} <= set(
        planned.queries
    )
    assert planned.subject.domains == {"localhost:5000"}
    assert planned.subject.ports == {5000}
    assert planned.subject.containers == {"my-registry"}
    assert "docker.io/library/registry" in planned.subject.repositories


def test_an_unknown_step_names_the_one_it_is_like() -> None:
    with pytest.raises(UnknownName, match="has no step called puhs") as refused:
        load("push-and-pull").step("puhs")
    assert "push" in refused.value.remedy
