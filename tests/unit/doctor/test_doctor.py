"""The doctor's judgement: the same facts, the same lines. A problem is there exactly where the course cannot run."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck import doctor
from labcheck.doctor.machine import OLDEST_JUPYTERLAB
from labcheck.observe.machine import Machine
from labcheck.render.doctor import FORMATS, Line, State, as_json, terminal
from labcheck.snapshot import Found, Unknown
from tests.support.doctor_cases import CASES, SLOW, changed
from tests.support.machines import ENGINE_ONLY, INSIDE, NO_ENGINE, NOTHING, READY, ROOT, SANDBOXED
from tests.support.places import ROOT as CHECKOUT


def line(machine: Machine, name: str) -> Line:
    """The one line of this name."""
    (found,) = [it for it in doctor.judge(machine) if it.name == name]
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
    assert told == {(it.name, it.state.value) for machine in _near() for it in doctor.judge(machine)}


def _near() -> Iterator[Machine]:
    """The machines of the cases, and the four of which they are made with any one fact of any other."""
    yield from _MACHINES
    for machine in (READY, ENGINE_ONLY, NOTHING, INSIDE):
        for name, values in _VALUES.items():
            yield from (changed(machine, **{name: value}) for value in values)


def test_a_machine_with_all_it_takes_has_nothing_but_good_lines() -> None:
    for machine in (READY, INSIDE, changed(READY, **NO_ENGINE)):
        assert {it.state for it in doctor.judge(machine)} == {State.GOOD}
        assert doctor.exit_code(doctor.judge(machine)) == 0


def test_without_root_but_with_an_engine_the_course_runs_and_nothing_is_a_problem() -> None:
    lines = doctor.judge(ENGINE_ONLY)
    assert doctor.exit_code(lines) == 0
    assert [it.name for it in lines if it.state is not State.GOOD] == ["sandbox", "course"]


def test_what_nobody_looked_at_is_never_good() -> None:
    lines = doctor.judge(Machine(system=READY.system))
    assert {it.state for it in lines[:-1]} == {State.UNSEEN}
    assert doctor.exit_code(lines) == 1


def test_inside_a_sandbox_no_advice_starts_a_service() -> None:
    told = {
        text
        for machine in _near()
        for it in doctor.judge(changed(machine, **SANDBOXED | {"info": machine.info}))
        for text in (it.remedy, *it.commands)
    }
    assert "labcheck start" in told
    assert not [text for text in told if _STARTS.search(text) and not text.startswith("Close the course first.")]


_STARTS = re.compile(
    r"\bservice\b(?! need)|systemctl|dockerd|colima start|orb start|limactl|podman|[Ss]tart (?:it|Docker)"
)
_VALUES: dict[str, list[Any]] = {}
for _machine in (READY, ENGINE_ONLY, NOTHING, INSIDE, *(changed(it, **facts) for it, facts, _, _ in CASES)):
    for _field in fields(Machine):
        _value = getattr(_machine, _field.name)
        if _value not in _VALUES.setdefault(_field.name, []):
            _VALUES[_field.name].append(_value)
_MACHINES = [changed(machine, **facts) for machine, facts, _, _ in CASES]
_ANY = st.builds(Machine, **{name: st.sampled_from(values) for name, values in _VALUES.items()})


@given(_ANY)
def test_a_problem_is_there_exactly_where_the_course_cannot_run(machine: Machine) -> None:
    lines = doctor.judge(machine)
    problems = [it for it in lines if it.state is State.PROBLEM]
    assert bool(problems) == (lines[-1].state is State.PROBLEM) == bool(doctor.exit_code(lines))
    if not problems:
        assert isinstance(machine.client, Found | Unknown)
        assert isinstance(machine.info, Found) or machine.person == Found(ROOT)


@given(_ANY)
def test_every_line_is_one_that_a_person_can_use(machine: Machine) -> None:
    lines = doctor.judge(machine)
    names = [it.name for it in lines]
    assert len(set(names)) == len(names)
    assert names[-1] == "course"
    for it in lines:
        assert re.fullmatch(r"[A-Z/a-z0-9].*[.]", it.says), it
        assert it.remedy or it.state in {State.GOOD, State.UNSEEN}, it
        assert not it.commands or it.remedy.endswith(":"), it
    assert "secret" not in terminal(lines) + as_json(lines)


@pytest.mark.parametrize("fact", ["person", "programs", "trial", "cgroups", "images"])
def test_a_sandbox_of_which_something_was_not_seen_does_not_count(fact: str) -> None:
    ready = changed(READY, **NO_ENGINE)
    assert doctor.exit_code(doctor.judge(ready)) == 0
    assert doctor.exit_code(doctor.judge(changed(ready, **{fact: SLOW}))) == 1


@pytest.mark.parametrize("fact", ["endpoint", "info"])
def test_an_engine_that_was_not_seen_does_not_count(fact: str) -> None:
    assert doctor.exit_code(doctor.judge(changed(ENGINE_ONLY, **{fact: SLOW}))) == 1


def test_the_oldest_jupyterlab_is_the_one_that_the_package_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = [text for text in project["optional-dependencies"]["notebook"] if text.startswith("jupyterlab")]
    assert f">={'.'.join(map(str, OLDEST_JUPYTERLAB))}," in wanted


PAGE = """\
Good:
  Python      Version 3.11.2.

Could not look:
  memory      This system does not tell how much memory is free.

Warning:
  Docker Hub  It cannot be reached from here.
              The course images are used instead.

Problem:
  engine      Nothing answers at /home/somebody/with/a/long/name/.docker/desktop/docker.sock, where
              the Docker context desktop-linux points.
              Start it:
                  export DOCKER_HOST=unix:///home/somebody/with/a/long/name/.colima/default/docker.sock # unwrapped

The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers.
Mend what is a problem above, then look again:
    labcheck doctor
"""
LONG = "export DOCKER_HOST=unix:///home/somebody/with/a/long/name/.colima/default/docker.sock # unwrapped"
PAGE_LINES = (
    Line("Docker Hub", State.WARNING, "It cannot be reached from here.", "The course images are used instead."),
    Line(
        "engine",
        State.PROBLEM,
        "Nothing answers at /home/somebody/with/a/long/name/.docker/desktop/docker.sock, "
        "where the Docker context desktop-linux points.",
        "Start it:",
        (LONG,),
    ),
    Line("Python", State.GOOD, "Version 3.11.2."),
    Line("memory", State.UNSEEN, "This system does not tell how much memory is free."),
    Line(
        "course",
        State.PROBLEM,
        "The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers.",
        "Mend what is a problem above, then look again:",
        ("labcheck doctor",),
    ),
)


def test_the_worst_is_last_and_a_command_is_never_wrapped() -> None:
    assert terminal(PAGE_LINES) == PAGE


def test_a_narrow_terminal_is_kept_to() -> None:
    rows = terminal(PAGE_LINES, width=60).splitlines()
    assert max(len(row) for row in rows if LONG not in row and "/desktop/docker.sock" not in row) <= 60
    assert any(LONG in row for row in rows)
    assert terminal(PAGE_LINES, width=1000) == PAGE


def test_colours_say_nothing_that_words_do_not_say() -> None:
    coloured = terminal(PAGE_LINES, colour=True)
    assert "\x1b[31mProblem:\x1b[0m" in coloured
    assert "    \x1b[1mlabcheck doctor\x1b[0m\n" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == PAGE


def test_what_leads_to_a_command_stands_just_above_it() -> None:
    line = Line("course", State.WARNING, "It runs.", "Mind the dog. It bites. To begin:", ("labcheck start",))
    assert terminal((line,)) == "It runs.\nMind the dog. It bites.\nTo begin:\n    labcheck start\n"


def test_json_is_a_list_of_what_was_found() -> None:
    documents = json.loads(as_json(PAGE_LINES))
    assert [list(it) for it in documents] == [["name", "state", "says", "remedy"]] * len(PAGE_LINES)
    assert documents[1]["state"] == "problem"
    assert documents[1]["remedy"] == f"Start it:\n{LONG}"
    assert documents[2] == {"name": "Python", "state": "good", "says": "Version 3.11.2.", "remedy": ""}


@pytest.mark.parametrize("form", FORMATS)
def test_no_name_from_outside_can_touch_the_terminal(form: str) -> None:
    shown = FORMATS[form]((Line("engine", State.GOOD, "\x1b[31mred", "\u202eback", ("a\x1bb",)), PAGE_LINES[-1]))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
