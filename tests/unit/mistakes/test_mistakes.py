"""Every mistake in ``mistakes/``, judged again from what was recorded when it was really made.

``LABCHECK_RECORD=1 pytest tests/live/test_mistakes.py -k '[NAME]'`` records it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from labcheck.mistake import explain
from labcheck.notebook.terminal import COLUMN
from labcheck.render.explanation import explained
from labcheck.render.terminal import render
from labcheck.render.wrap import WIDTH
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.mistake import NAMES, RECORD, Mistake, read
from tests.support.proof import MISTAKE, RECORDED, seen

Recorder = Callable[[str, object], None]
MISTAKES = [read(name) for name in NAMES]


def named(mistake: Mistake) -> str:
    return mistake.name


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.step], ids=named)
def test_a_mistake_is_named_with_a_reason_and_something_to_do(mistake: Mistake, record_property: Recorder) -> None:
    step = recorded.report(mistake.name).step(mistake.step)
    trouble = step.trouble or step.note
    assert trouble is not None
    assert trouble.outcome is Outcome(mistake.outcome)
    assert (trouble.diagnosis or "none") == mistake.diagnosis
    assert bool(trouble.why) == (mistake.diagnosis != "none")
    assert trouble.fix.commands or (trouble.fix.advice and mistake.mend)
    assert trouble.expected or trouble.outcome is Outcome.PASS
    assert trouble.actual
    record_property(MISTAKE, seen(mistake, trouble.fix, RECORDED))


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.has("message")], ids=named)
def test_a_message_is_named_with_a_reason_and_something_to_do(mistake: Mistake, record_property: Recorder) -> None:
    told = explain(recorded.message(mistake.name))
    assert told is not None, f"no page knows this message: {recorded.message(mistake.name)}"
    name, explanation = told
    assert name == mistake.diagnosis
    assert explanation.why
    assert explanation.fix
    record_property(MISTAKE, seen(mistake, explanation.fix, RECORDED))


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_at_most_three_lines_stand_before_what_to_do_and_none_is_cut_off(mistake: Mistake) -> None:
    if mistake.step:
        lead = render(recorded.report(mistake.name).only(mistake.step)).split("\n\n")[0]
        assert len(lead.splitlines()) <= 3
        assert not lead.endswith("..."), lead
    if mistake.has("message"):
        told = explain(recorded.message(mistake.name))
        assert told is not None
        for width in (WIDTH, COLUMN):
            paragraphs = explained(*told, width=width).split("\n\n")
            assert len(paragraphs[0].splitlines()) <= 3, paragraphs[0]
            assert all(len(line) <= width or line.startswith("    ") for line in "\n".join(paragraphs).splitlines())


def test_every_recording_has_its_mistake() -> None:
    told = {it.name for it in MISTAKES if it.has("message")}
    lacking = sorted(told - set(recorded.MESSAGES))
    assert not lacking, f"{lacking[0]} has no recording: {RECORD.format(lacking[0])}"
    assert set(recorded.MESSAGES) <= told, "message.txt lies where no script says message"
