"""The course's labs, judged again from recorded evidence: untouched, solved, and with every mistake.

They were recorded in a sandbox by ``tests/live/test_practice.py`` and, of the mistakes, by
``tests/live/test_mistakes.py``, with ``LABCHECK_RECORD=1``.
"""

from __future__ import annotations

import msgspec
import pytest

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Gap, Happened, Look
from labcheck.render import FORMATS
from labcheck.verdict import Outcome
from tests.support.logs import moments
from tests.support.mistake import NAMES, read
from tests.support.recorded import ATTEMPTS
from tests.support.recorded import log as recorded

OTHERS = {"untouched", "solved", "solved-on-podman", "checked-only-at-the-end"}
LAB = load("push-and-pull")


def test_every_recorded_state_is_judged_here_and_every_mistake_is_recorded() -> None:
    assert set(ATTEMPTS) == {name for name in NAMES if read(name).step} | OTHERS


def test_untouched_no_step_is_done() -> None:
    report = judge(LAB, recorded("untouched"))
    assert report.outcome is Outcome.FAIL
    assert not any(step.done for step in report.steps)
    assert report.points == 0


@pytest.mark.parametrize("name", ["solved", "solved-on-podman"])
def test_solved_every_step_is_done(name: str) -> None:
    report = judge(LAB, recorded(name))
    assert report.outcome is Outcome.PASS
    assert report.points == report.max_points
    assert report.next is None


def test_what_nobody_saw_is_inconclusive_and_says_from_where_to_repeat() -> None:
    log = recorded("checked-only-at-the-end")
    answered = Answered(log.looks[-1].until, "why-one-stays", "in-use")
    report = judge(LAB, msgspec.structs.replace(log, entries=(*log.entries, answered)))
    assert {step.outcome for step in report.steps} == {Outcome.PASS, Outcome.INCONCLUSIVE}
    assert [step.id for step in report.steps if step.done] == ["pull", "prune", "why-one-stays", "remove-registry"]
    assert report.next == "start-registry"
    trouble = report.steps[0].trouble
    assert trouble is not None
    assert trouble.fix.commands == LAB.steps[0].commands
    assert "Repeat the lab from this step" in trouble.fix.advice


def test_a_gap_in_the_events_makes_the_pull_inconclusive_and_never_failed() -> None:
    log = recorded("solved")
    quiet = [entry for entry in log.entries if not isinstance(entry, Happened)]
    entries = [one for entry in quiet for one in ((Gap(entry.at), entry) if isinstance(entry, Look) else (entry,))]
    silent = msgspec.structs.replace(log, entries=tuple(entries[1:]))
    assert judge(LAB, silent).step("pull-back").outcome is Outcome.INCONCLUSIVE


def test_on_every_way_to_the_solution_no_done_step_is_broken() -> None:
    for moment in moments(recorded("solved")):
        for step in judge(LAB, moment).steps:
            assert step.broken_since is None, f"{step.id} after {len(moment.looks)} looks"


@pytest.mark.parametrize("name", ATTEMPTS)
def test_recorded_evidence_reads_back_judges_the_same_and_renders(name: str) -> None:
    log = recorded(name)
    assert evidence.decode(evidence.encode(log)) == log
    report = judge(LAB, log)
    assert report == judge(LAB, log)
    for render in FORMATS.values():
        assert render(report)
