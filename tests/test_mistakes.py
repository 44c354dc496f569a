"""Every mistake in ``mistakes/``, judged again from what was recorded when it was really made.

``LABCHECK_RECORD=1 pytest tests/live/test_mistakes.py -k NAME`` records it.
"""

from __future__ import annotations

import pytest

from labcheck import evidence
from labcheck.diagnoses import explain
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.verdict import Outcome
from tests.mistake import EVIDENCE, MESSAGES, NAMES, Mistake, read

LAB = load("push-and-pull")
MISTAKES = [read(name) for name in NAMES]


def named(mistake: Mistake) -> str:
    return mistake.name


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.step], ids=named)
def test_a_mistake_is_named_with_a_reason_and_something_to_do(mistake: Mistake) -> None:
    log = evidence.decode((EVIDENCE / f"{mistake.name}.json").read_bytes())
    trouble = judge(LAB, log).step(mistake.step).trouble
    assert trouble is not None
    assert trouble.outcome is Outcome(mistake.outcome)
    assert (trouble.diagnosis or "none") == mistake.diagnosis
    assert bool(trouble.why) == (mistake.diagnosis != "none")
    assert trouble.fix.commands or (trouble.fix.advice and mistake.mend)
    assert trouble.expected
    assert trouble.actual


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.has("message")], ids=named)
def test_a_message_is_named_with_a_reason_and_something_to_do(mistake: Mistake) -> None:
    told = explain((MESSAGES / f"{mistake.name}.txt").read_text(encoding="utf-8"))
    assert told is not None
    name, explanation = told
    assert name == mistake.diagnosis
    assert explanation.why
    assert explanation.fix


def test_every_recording_has_its_mistake() -> None:
    assert {path.stem for path in MESSAGES.glob("*.txt")} == {it.name for it in MISTAKES if it.has("message")}
