"""What a lab draws for a learner: the same wherever it is read, and anew for each attempt."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from labcheck import evidence
from labcheck.errors import InvalidLab
from labcheck.judge import judge
from labcheck.lab import parse
from labcheck.log import Log
from labcheck.notebook.ladder import told
from labcheck.plan import plan
from labcheck.render import as_json
from tests.support.logs import look

LAB = """
title: A registry
values:
  host: localhost
  port: {from: 5100, to: 5199}
  registry: "{host}:{port}"
  what: [bakery, harbour, "{host}-shop"]
steps:
  - id: push
    title: Push {registry}/{what}
    hints: ["Its name is {what}."]
    solution: docker push {registry}/{what}
    checks:
      - {check: image-present, image: "{registry}/{what}"}
      - {check: port-published, name: "{what}", container-port: 5000, host-port: "{port}"}
  - id: port
    title: Say the port
    after: [push]
    question:
      ask: Is {port} the port?
      kind: choice
      answer: {choice: "{port}"}
      choices: {"{port}": "Yes, {port}.", "5000": No.}
      wrong: {"5000": "It is {port}."}
"""
SEEDS = [f"seed {number}" for number in range(300)]


def lab_with(values: str) -> str:
    check = "{check: image-present, image: '{x}'}"
    return f"title: T\nvalues: {values}\nsteps: [{{id: a, title: A, checks: [{check}]}}]"


def test_a_seed_draws_one_value_for_title_steps_checks_solution_and_questions() -> None:
    lab = parse(LAB, "x").drawn("a learner")
    what, port = lab.values["what"], lab.values["port"]
    assert lab.values["registry"] == f"localhost:{port}"
    push, asked = lab.steps
    assert push.title == f"Push localhost:{port}/{what}"
    assert push.hints == (f"Its name is {what}.",)
    assert push.commands == (f"docker push localhost:{port}/{what}",)
    assert [check.title for check in push.checks] == [
        f"The image localhost:{port}/{what} is here",
        f"localhost:{port} leads to port 5000 of {what}",
    ]
    assert asked.question is not None
    assert asked.question.answer.choice == port
    assert asked.question.why_wrong("5000") == f"It is {port}."
    assert plan(lab).subject.ports == {int(port)}


def test_the_same_seed_draws_the_same_whenever_and_whatever_else_there_is() -> None:
    one, other = parse(LAB, "x"), parse(LAB.replace("  what:", "  more: [a, b]\n  what:"), "x")
    assert one.drawn("s") == one.drawn("t").drawn("s")
    assert one.drawn("s").values.items() <= other.drawn("s").values.items()
    assert parse(LAB, "x").drawn("s").values == {
        "host": "localhost",
        "port": "5106",
        "registry": "localhost:5106",
        "what": "bakery",
    }, "another version of labcheck must draw from an old seed what was drawn then"


def test_each_choice_is_drawn_for_some_learner() -> None:
    lab = parse(LAB, "x")
    drawn = [lab.drawn(seed).values for seed in SEEDS]
    assert Counter(values["what"] for values in drawn).keys() == {"bakery", "harbour", "localhost-shop"}
    ports = {int(values["port"]) for values in drawn}
    assert len(ports) > 80
    assert ports <= {*range(5100, 5200)}


def test_a_lab_that_draws_nothing_is_the_same_for_all() -> None:
    lab = parse(lab_with("{x: nginx}"), "x")
    assert lab.drawn("a") is lab.drawn("b") is lab


def test_a_log_is_judged_later_by_the_values_it_was_made_with() -> None:
    lab = parse(LAB, "x").drawn("a learner")
    image = f"{lab.values['registry']}/{lab.values['what']}"
    log = Log("x", 0, (look(1, image),), seed="a learner")
    read = evidence.decode(evidence.encode(log))
    report = judge(parse(LAB, "x").drawn(read.seed), read)
    assert report.steps[0].checks[0].outcome == "pass"
    assert judge(parse(LAB, "x").drawn("another"), read).steps[0].checks[0].outcome == "inconclusive"
    assert json.loads(as_json.render(report))["seed"] == "a learner"
    assert told(parse(LAB, "x"), report) == told(lab, report), "a page that knows only the lab's name"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ("{x: [a, B]}", "image of image-present cannot be 'B'"),
        ("{x: [a, b, '{y}']}", "{y} has no value"),
        ("{x: '{x}'}", "{x} has no value"),
        ("{x: '{y}', y: a}", "{y} has no value"),
        ("{x: [a]}", "values must be names with strings"),
        ("{x: [1, 2]}", "values must be names with strings"),
        ("{x: {from: 3}}", "values must be names with strings"),
        ("{x: {from: 3, to: 2}}", "there is no number in this range"),
        ("{x: {from: 3, to: many}}", "values must be names with strings"),
        ("{x: {from: -3, to: 2}}", "values must be names with strings"),
    ],
)
def test_what_cannot_be_drawn_is_refused_whatever_the_seed(values: str, problem: str) -> None:
    with pytest.raises(InvalidLab) as refused:
        parse(lab_with(values), "x")
    assert problem in str(refused.value)


def test_a_port_that_some_seed_would_make_impossible_is_refused() -> None:
    with pytest.raises(InvalidLab, match="ports go from 1 to 65535"):
        parse(LAB.replace("to: 5199", "to: 65536"), "x")


@pytest.mark.parametrize(("constant", "drawn"), [("A registry", "On {port}"), ("id: port", "id: 'at-{port}'")])
def test_what_a_lab_and_its_steps_are_called_is_the_same_for_all(constant: str, drawn: str) -> None:
    with pytest.raises(InvalidLab, match="must be the same for all learners"):
        parse(LAB.replace(constant, drawn), "x")


def test_values_that_grow_by_each_other_are_refused_at_once() -> None:
    more = ", ".join(f"a{number}: '{{a{number - 1}}}{{a{number - 1}}}'" for number in range(1, 60))
    with pytest.raises(InvalidLab, match="with its values it is longer than"):
        parse(lab_with(f"{{a0: xx, {more}, x: nginx}}"), "x")


SHOP = """
title: A shop
values:
  port: "5448"
  fault:
    - {name: port, break: "publish {port}", mend: "{fault.break} and {fault.name}"}
    - {name: name, break: give a name, mend: take it away}
setup: |
  docker pull nginx
  {fault.break}
steps:
  - id: mend
    title: "{fault.name}"
    solution: "{fault.mend}"
    checks: [{check: image-present, image: "nginx:{fault.name}"}]
"""


def test_the_parts_of_an_entry_are_drawn_together() -> None:
    found = {lab.values["fault.name"]: lab for lab in map(parse(SHOP, "x").drawn, SEEDS)}
    assert found.keys() == {"port", "name"}
    port, name = found["port"], found["name"]
    assert port.building == ("docker pull nginx", "publish 5448")
    assert port.steps[0].commands == ("publish 5448 and port",)
    assert name.building == ("docker pull nginx", "give a name")
    assert name.steps[0].commands == ("take it away",)
    assert "fault" not in name.values


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("mend: take it away", "mends: take it away", "{fault.mend} has no value"),
        ("{name: name, break: give a name, mend: take it away}", "name", "{fault.break} has no value"),
        ("name: name,", "name: Name/,", "image of image-present cannot be"),
        ("name: name,", "name: [name],", "values must be names with strings"),
        ("name: port,", "name: '{fault.mend}',", "{fault.mend} has no value"),
        ("{fault.break}\n", "{fault}\n", "{fault} has no value"),
    ],
)
def test_an_entry_whose_parts_do_not_fit_is_refused_whatever_the_seed(right: str, wrong: str, problem: str) -> None:
    assert right in SHOP
    with pytest.raises(InvalidLab) as refused:
        parse(SHOP.replace(right, wrong), "x")
    assert problem in str(refused.value)
