"""The doctor's judgement: the same facts, the same lines. A problem is there exactly where the course cannot run."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.doctor import exit_code
from labcheck.doctor.conclude import conclude
from labcheck.doctor.conclusion import Conclusion, State, problem
from labcheck.doctor.facts.docker_command import client
from labcheck.doctor.facts.engine_info import engine_info, engine_version
from labcheck.doctor.facts.person import person
from labcheck.doctor.facts.rootless import rootless
from labcheck.doctor.facts.software import OLDEST_JUPYTERLAB
from labcheck.doctor.look import Fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.order import FACTS, RULES
from labcheck.doctor.page import as_json, terminal
from labcheck.doctor.rule import Need, Rule
from labcheck.document import Document
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.anything import damages
from tests.support.doctor_cases import CASES, SLOW
from tests.support.machines import (
    BY_NAME,
    ENGINE_ONLY,
    INFO,
    INSIDE,
    NO_ENGINE,
    NOTHING,
    READY,
    ROOT,
    VERSION,
    changed,
    inside,
)
from tests.support.machines import machine as machine_of
from tests.support.places import ROOT as CHECKOUT


def line(machine: Machine, name: str) -> Conclusion:
    """The one line of this name."""
    (found,) = [it for it in conclude(machine) if it.name == name]
    return found


@pytest.mark.parametrize(
    ("machine", "facts", "name", "expected"), CASES, ids=[f"{name}-{at}" for at, (_, _, name, _) in enumerate(CASES)]
)
def test_each_fact_has_its_line(machine: Machine, facts: dict[str, Any], name: str, expected: str) -> None:
    seen = line(changed(machine, **facts), name)
    told = f"{seen.state.value}: {' > '.join(filter(None, (seen.says, seen.remedy, *seen.commands)))}"
    assert told == expected


def test_every_line_has_a_case_for_every_state_it_can_have() -> None:
    told = {(name, expected.partition(":")[0]) for _, _, name, expected in CASES}
    assert told == {(it.name, it.state.value) for machine in _near() for it in conclude(machine)}


def _near() -> Iterator[Machine]:
    """The machines of the cases, and the four of which they are made with any one fact of any other."""
    yield from _MACHINES
    for machine in (READY, ENGINE_ONLY, NOTHING, INSIDE):
        for name, values in _VALUES.items():
            yield from (changed(machine, **{name: value}) for value in values)


def test_a_machine_with_all_it_takes_has_nothing_but_good_lines() -> None:
    for machine in (READY, INSIDE, changed(READY, **NO_ENGINE)):
        assert {it.state for it in conclude(machine)} == {State.GOOD}
        assert exit_code(conclude(machine)) == 0


def test_without_root_but_with_an_engine_the_course_runs_and_nothing_is_a_problem() -> None:
    lines = conclude(ENGINE_ONLY)
    assert exit_code(lines) == 0
    assert [it.name for it in lines if it.state is not State.GOOD] == ["sandbox without root"]


def test_what_nobody_looked_at_is_never_good() -> None:
    lines = conclude(Machine(system=READY.system))
    assert {it.state for it in lines} == {State.UNSEEN}
    assert exit_code(lines) == 3


def test_inside_a_sandbox_no_advice_starts_a_service() -> None:
    told = {
        text
        for machine in _near()
        for it in conclude(changed(inside(machine), engine_info=machine[engine_info]))
        for text in (it.remedy, *it.commands)
    }
    assert "labcheck start" in told
    assert not [text for text in told if _STARTS.search(text) and not text.startswith("Close the course first.")]


_STARTS = re.compile(
    r"\bservice\b(?! need)|systemctl|dockerd|colima start|orb start|limactl|podman|[Ss]tart (?:it|Docker)"
)
_VALUES: dict[str, list[Any]] = {}
_MACHINES = [changed(machine, **facts) for machine, facts, _, _ in CASES]
for _machine in (READY, ENGINE_ONLY, NOTHING, INSIDE, *_MACHINES):
    for _name, _value in {"system": _machine.system, **{it.name: _machine[it] for it in FACTS}}.items():
        if _value not in _VALUES.setdefault(_name, []):
            _VALUES[_name].append(_value)
_ANY = st.builds(machine_of, **{name: st.sampled_from(values) for name, values in _VALUES.items()})


@given(_ANY)
def test_a_problem_is_there_exactly_where_the_course_cannot_run(machine: Machine) -> None:
    lines = conclude(machine)
    problems = [it for it in lines if it.state is State.PROBLEM]
    assert bool(problems) == (lines[-1].state is State.PROBLEM) == (exit_code(lines) == 1)
    assert (lines[-1].state is State.UNSEEN) == (exit_code(lines) == 3)
    if exit_code(lines) == 0:
        assert isinstance(machine[client], Found | Unknown)
        makes_sandboxes = machine[person] == Found(ROOT) or isinstance(machine[rootless], Absent)
        assert isinstance(machine[engine_info], Found) or makes_sandboxes


@given(_ANY)
def test_every_line_is_one_that_a_person_can_use(machine: Machine) -> None:
    lines = conclude(machine)
    names = [it.name for it in lines]
    assert len(set(names)) == len(names)
    assert names[-1] == "course"
    for it in lines:
        assert re.fullmatch(r"[A-Z/a-z0-9].*[.]", it.says), it
        assert it.remedy or it.state in {State.GOOD, State.UNSEEN}, it
        assert not it.commands or it.remedy.endswith(":"), it
    assert "secret" not in terminal(lines) + as_json(lines)


def test_a_rule_that_nothing_needs_cannot_keep_the_course_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Rule(lambda _: problem("clock", "It is wrong.", "Set it."), Need.NOTHING)
    monkeypatch.setattr(sys.modules[conclude.__module__], "RULES", (*RULES, strict))
    assert line(READY, "clock").state is State.WARNING
    assert exit_code(conclude(READY)) == 0


def test_rules_touch_nothing() -> None:
    """Only facts look: with the same evidence, no rule opens a file, asks anybody or starts a program."""
    touched: list[str] = []
    watching = [True]
    sys.addaudithook(lambda event, _: touched.append(event) if watching and TOUCHING.match(event) else None)
    for machine in _MACHINES:
        conclude(machine)
    watching.clear()
    assert not touched


TOUCHING = re.compile(r"open$|os\.(?!fspath)|socket\.|subprocess\.|glob\.|shutil\.|pathlib\.|import$")


@pytest.mark.parametrize("evidence", [Absent(), SLOW], ids=["absent", "unknown"])
@pytest.mark.parametrize("fact", FACTS, ids=repr)
def test_whatever_is_not_there_or_was_not_seen_something_is_concluded(
    fact: Fact[object], evidence: Evidence[object]
) -> None:
    for machine in (READY, ENGINE_ONLY, NOTHING, INSIDE):
        assert conclude(machine.having({fact: evidence}))[-1].name == "course"


@pytest.mark.parametrize(
    ("fact", "document"), [(engine_info, INFO), (engine_version, VERSION)], ids=["info", "version"]
)
@pytest.mark.parametrize("machine", [ENGINE_ONLY, INSIDE, READY], ids=["engine", "inside", "ready"])
def test_whatever_an_engine_says_of_itself_is_concluded_from(
    machine: Machine, fact: Fact[Document], document: Document
) -> None:
    for odd in damages(document):
        for it in conclude(machine.having({fact: Found(odd)})):
            assert it.says.endswith("."), odd


@pytest.mark.parametrize("fact", ["person", "programs", "kernel", "cgroups", "course_images"])
def test_a_sandbox_of_which_something_was_not_seen_does_not_count(fact: str) -> None:
    ready = changed(READY, **NO_ENGINE)
    assert exit_code(conclude(ready)) == 0
    assert exit_code(conclude(ready.having({BY_NAME[fact]: SLOW}))) == 3


@pytest.mark.parametrize("fact", ["chosen", "engine_info"])
def test_an_engine_that_was_not_seen_does_not_count(fact: str) -> None:
    assert exit_code(conclude(ENGINE_ONLY.having({BY_NAME[fact]: SLOW}))) == 3


def test_the_oldest_jupyterlab_is_the_one_that_the_package_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = [text for text in project["optional-dependencies"]["notebook"] if text.startswith("jupyterlab")]
    assert f">={'.'.join(map(str, OLDEST_JUPYTERLAB))}," in wanted
