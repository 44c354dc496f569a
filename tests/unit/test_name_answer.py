"""The right answers to questions about names, and what is said of the wrong ones."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.errors import InvalidLab
from labcheck.lab import parse
from labcheck.name import same
from labcheck.name_answer import NameAnswer
from labcheck.question import Question, Truth
from labcheck.reference import parse_reference
from labcheck.refusal import Kind
from labcheck.verdict import Outcome
from tests.unit.test_reference_anything import components, digests, tags

PATHS = st.lists(components, min_size=1, max_size=3).map("/".join)
DOMAINS = st.sampled_from(["", "docker.io/", "index.docker.io/", "localhost/", "localhost:5000/", "Build/", "ghcr.io/"])
NAMES = st.builds("".join, st.tuples(DOMAINS, PATHS, tags, digests))

HEX = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"
RIGHT: list[tuple[dict[str, Any], str]] = [
    ({"registry-of": "redis"}, "docker.io"),
    ({"registry-of": "myhost/app"}, "docker.io"),
    ({"registry-of": "localhost/app"}, "localhost"),
    ({"registry-of": "Build/app"}, "Build"),
    ({"namespace-of": "redis"}, "library"),
    ({"namespace-of": "ghcr.io/a/b/c"}, "a/b"),
    ({"namespace-of": "localhost:5000/app"}, "none"),
    ({"repository-of": "ghcr.io/a/b/c:1"}, "c"),
    ({"tag-of": "redis"}, "latest"),
    ({"tag-of": "localhost:5000"}, "5000"),
    ({"tag-of": f"redis@sha256:{HEX}"}, "none"),
    ({"digest-of": f"redis:7@sha256:{HEX}"}, f"sha256:{HEX}"),
    ({"digest-of": f"sha256:{HEX}"}, "none"),
    ({"full-name-of": "redis"}, "docker.io/library/redis:latest"),
    ({"full-name-of": "grafana/loki:3"}, "docker.io/grafana/loki:3"),
    ({"meaning": "grafana/loki"}, "docker.io/grafana/loki:latest"),
    ({"corrected": "https://ghcr.io/Team/app"}, "ghcr.io/team/app:latest"),
    ({"refused-for": "ghcr.io/Team/app"}, "upper-case"),
    ({"same-as": ["redis", "redis:latest", "redis/redis", "redis:7"]}, "redis:latest"),
    ({"refused": ["redis", "Redis", "my__redis"]}, "Redis"),
]
KINDS = {
    " ": "empty",
    "my app": "white-space",
    "<none>:<none>": "placeholder",
    "https://ghcr.io/app": "scheme",
    HEX: "identifier",
    "team//app": "slash",
    "team/": "slash",
    "ghcr.io/Team/app": "upper-case",
    "localhost:http/app": "host",
    "my_registry:5000/app": "host",
    "team/my..app": "repository",
    "ap$p": "repository",
    "app:": "tag",
    "app:-1": "tag",
    "app@latest": "digest",
    "a" * 256: "length",
}


def question(about: dict[str, Any], **wrong: str) -> Question:
    answer = msgspec.convert(about, NameAnswer)
    return Question(ask="?", kind=answer.kind, answer=Truth(name=answer), wrong=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("about", "right"), RIGHT, ids=str)
def test_the_answer_is_what_the_parser_reads(about: dict[str, Any], right: str) -> None:
    asked = question(about)
    assert asked.answer.fixed == {right}
    assert not asked.answer.queries
    assert asked.judge(f" '{right}'\n", asked.answer.fixed).outcome is Outcome.PASS
    assert asked.judge("something-else", asked.answer.fixed).outcome is Outcome.FAIL


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_why_a_name_is_refused_is_one_of_few_kinds(text: str, kind: str) -> None:
    assert NameAnswer(refused_for=text).right == {kind}


def test_each_kind_is_one_that_a_name_is_refused_for() -> None:
    assert set(get_args(Kind)) == set(KINDS.values())


@given(NAMES)
def test_the_parts_put_together_are_the_name_in_full(name: str) -> None:
    full = parse_reference(name).with_default_tag()
    asked = (NameAnswer(registry_of=name), NameAnswer(namespace_of=name), NameAnswer(repository_of=name))
    parts = [part for answer in asked for part in answer.right]
    assert "/".join(part for part in parts if part != "none") == full.name
    assert next(iter(NameAnswer(full_name_of=name).right)) == full.canonical


@given(NAMES)
def test_any_name_that_means_the_same_is_right_where_a_name_is_asked_for(name: str) -> None:
    asked = question({"meaning": name})
    for written in (name, parse_reference(name).canonical, parse_reference(name).with_default_tag().canonical):
        if same(name, written):
            assert asked.judge(written, asked.answer.fixed).outcome is Outcome.PASS


def test_signs_between_parts_do_not_matter_around_one() -> None:
    assert question({"registry-of": "redis"}).read("docker.io/") == {"docker.io"}
    assert question({"tag-of": "redis"}).read(":latest") == {"latest"}
    assert question({"tag-of": f"redis@sha256:{HEX}"}).read("No tag") == {"none"}


def test_another_part_of_the_name_is_called_by_its_word() -> None:
    asked = question({"repository-of": "ghcr.io/team/app:1.0"})
    told = {"ghcr.io": "registry", "team": "namespace", "1.0": "tag"}
    assert {answer: asked.why_wrong(answer) for answer in told} == {
        answer: f"That is its {part}." for answer, part in told.items()
    }
    assert asked.why_wrong("x") == ""
    assert "fills in" in question({"registry-of": "redis"}).why_wrong("none")
    assert (
        question({"registry-of": "redis"}, redis="It is the repository.").why_wrong("redis") == "It is the repository."
    )


def test_a_wrong_name_of_a_set_is_told_what_it_is() -> None:
    alike = question({"same-as": ["redis", "redis:latest", "redis/redis", "docker.io/redis"]})
    assert alike.why_wrong("redis:latest, redis/redis") == (
        "redis/redis is docker.io/redis/redis:latest, which is not docker.io/library/redis:latest."
    )
    assert alike.why_wrong("redis:latest") == alike.why_wrong("redis:latest, other") == ""
    refused = question({"refused": ["redis", "Redis", "MyHost/redis"]})
    assert refused.why_wrong("MyHost/redis") == ("Docker accepts MyHost/redis. In full it is MyHost/redis:latest.")


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("ghcr.io/Team/app", "scheme", "does not begin with http://"),
        ("ghcr.io/Team/app", "tag", "Something follows each colon"),
        ("ghcr.io/Team/app", "slash", "before and after each slash"),
        ("app:", "upper-case", "lower-case"),
        ("app:", "repository", "between letters or digits"),
        ("https://ghcr.io/app", "slash", "only a consequence"),
        ("app:", "length", ""),
    ],
)
def test_a_fault_that_is_not_the_reason_is_said_to_be_none(text: str, kind: str, why: str) -> None:
    said = question({"refused-for": text}).why_wrong(kind)
    assert why in said
    assert bool(why) == bool(said)


def test_of_a_name_that_was_written_it_is_said_how_docker_reads_it() -> None:
    asked = question({"corrected": "https://ghcr.io/Team/app"})
    assert asked.why_wrong("ghcr.io/team") == "Docker reads that as ghcr.io/team:latest."
    said = asked.why_wrong("ghcr.io/Team/app")
    assert said.startswith("Docker refuses that, too: 'ghcr.io/Team/app' is not an image reference: ")
    assert said.endswith("must be lowercase.")
    assert asked.why_wrong("ghcr.io/team/app") == ""


LAB = """
title: Names
steps:
  - id: one
    title: One
    question: {{ask: What?, kind: {kind}, choices: {{tag: A, slash: B}}, answer: {{name: {name}}}}}
"""


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        ("part", "{registry-of: Redis}", "has no answer"),
        ("part", "{registry-of: redis, tag-of: redis}", "needs one answer"),
        ("part", "{}", "needs one answer"),
        ("name", "{registry-of: redis}", "needs one answer"),
        ("name", "{corrected: redis}", "has no answer"),
        ("choice", "{refused-for: redis}", "has no answer"),
        ("choice", "{refused-for: Redis}", "not among the choices"),
        ("set", "{same-as: [redis, redis/redis]}", "has no answer"),
    ],
)
def test_a_lab_that_asks_for_what_has_no_answer_is_refused(kind: str, name: str, problem: str) -> None:
    with pytest.raises(InvalidLab, match=problem):
        parse(LAB.format(kind=kind, name=name), "names")
    assert parse(LAB.format(kind="part", name="{registry-of: redis}"), "names").steps[0].question
