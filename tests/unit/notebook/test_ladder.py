"""What a notebook tells at once, and what only when it is asked for: the commands that do a step."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Entry, Log, Look, Shown
from labcheck.notebook.ladder import held_back, offered, told
from labcheck.notebook.pressed import Message, drawn, standing
from labcheck.report import Report
from tests.support.places import VECTORS

LAB = load("push-and-pull")
SOLVED = evidence.decode((VECTORS / "solved-push-and-pull.json").read_bytes())


def at_the_look(number: int, *more: Entry) -> Report:
    """The report after so many looks, and these entries."""
    place = [at for at, entry in enumerate(SOLVED.entries) if isinstance(entry, Look)][number]
    kept = [entry for entry in SOLVED.entries[: place + 1] if not isinstance(entry, Answered)]
    return judge(LAB, Log(SOLVED.lab, SOLVED.began, (*kept, *more)))


BEGIN = at_the_look(0)
BEGIN_AT = SOLVED.looks[0].until
OPEN = BEGIN.open_step
ASKED = judge(LAB, replace(SOLVED, entries=tuple(it for it in SOLVED.entries if not isinstance(it, Answered))))


def commands(report: Report) -> list[str]:
    step = report.open_step
    return [command for it in step.checks for command in it.fix.commands] if step else []


def test_the_solution_is_told_only_when_it_is_asked_for() -> None:
    assert OPEN is not None
    assert held_back(LAB, BEGIN) == OPEN.id
    assert commands(told(LAB, BEGIN)) == []
    assert LAB.step(OPEN.id).commands[0] in commands(told(LAB, BEGIN, solved=True))
    assert told(LAB, BEGIN).open_step is not None
    shown = at_the_look(0, Shown(BEGIN_AT, OPEN.id, "solution"))
    assert held_back(LAB, shown) is None
    assert offered(LAB, shown).solution == LAB.step(OPEN.id).commands
    assert drawn(LAB, shown).count(LAB.step(OPEN.id).commands[0]) == 1


def test_a_mistake_with_a_name_tells_its_mend_at_once() -> None:
    assert OPEN is not None
    checks = tuple(replace(it, diagnosis="tagged-not-pushed") for it in OPEN.checks)
    named = replace(BEGIN, steps=tuple(replace(it, checks=checks) if it == OPEN else it for it in BEGIN.steps))
    assert commands(told(LAB, named)) == commands(named) != []
    assert held_back(LAB, named) is None


def test_a_question_is_answered_in_the_notebooks_words() -> None:
    report = told(LAB, ASKED.only("catalog"))
    assert commands(report) == ['lab.answer("catalog", "NAME,NAME")']
    assert commands(told(LAB, ASKED.only("images-left"))) == ['lab.answer("images-left", NUMBER)']
    assert commands(told(LAB, ASKED.only("catalog"), solved=True))[0].startswith("curl ")


@pytest.mark.parametrize("times", range(4))
def test_hints_are_offered_one_after_the_other(times: int) -> None:
    assert OPEN is not None
    report = at_the_look(0, *(Shown(BEGIN_AT, OPEN.id, "hint") for _ in range(times)))
    hints = LAB.step(OPEN.id).hints
    assert offered(LAB, report).hints == hints[:times]
    assert offered(LAB, report).of == len(hints)


def test_a_page_is_told_what_is_new() -> None:
    first = standing(LAB, None, BEGIN)
    assert first.message == Message(html=drawn(LAB, BEGIN))
    assert standing(LAB, first, replace(BEGIN, looked_at="2031-01-01T00:00:00Z")).message == first.message
    assert standing(LAB, first, ASKED).message.say.startswith("Done: ")
