"""What is so for a moment only is no mistake: a container between its making and its start, a young registry."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck.checks import trace
from labcheck.engine import Container
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Happened, Log, Look
from labcheck.query import ContainerList, ContainerNamed
from labcheck.report import Report
from labcheck.snapshot import Answer, Snapshot
from tests.support import recorded
from tests.support.logs import SECOND, past

LAB = load("push-and-pull")


def later(log: Log, seconds: float) -> Log:
    """The same log, if the newest look had gone on seeing the same for so long."""
    *before, look = log.entries
    assert isinstance(look, Look)
    return replace(log, entries=(*before, replace(look, until=look.until + int(seconds * SECOND))))


def told(report: Report) -> str | None:
    trouble = report.step("start-registry").trouble
    return trouble.diagnosis if trouble else None


def said(report: Report) -> str:
    return " ".join(f"{check.actual} {check.why}" for step in report.steps for check in step.checks)


def test_a_container_just_made_is_starting_and_only_later_was_never_started() -> None:
    log = recorded.log("container-starting")
    now = judge(LAB, log)
    assert told(now) == "container-starting"
    assert "never started" not in said(now)
    assert told(judge(LAB, later(log, 4))) == "container-not-started"


def test_what_could_not_be_started_is_a_mistake_at_once() -> None:
    log = recorded.log("container-starting")
    look = log.looks[-1]
    answers = tuple(
        replace(it, found={**it.found, "State": {"Status": "created", "Error": "no"}})
        if it.query == ContainerNamed("my-registry") and it.found
        else it
        for it in look.snapshot.answers
    )
    refused = replace(log, entries=(*log.entries[:-1], replace(look, snapshot=Snapshot(answers))))
    assert told(judge(LAB, refused)) == "container-not-started"


@pytest.mark.parametrize(("seconds", "diagnosis"), [(0, "registry-still-starting"), (60, None)])
def test_a_registry_is_young_by_the_end_of_the_look_not_by_its_beginning(seconds: int, diagnosis: str | None) -> None:
    report = judge(LAB, later(recorded.log("registry-still-starting"), seconds))
    names = {check.diagnosis for check in report.step("start-registry").checks}
    assert ("registry-still-starting" in names) is (diagnosis is not None)


CONTAINER = Container({"Id": "c", "State": {"Status": "exited"}, "Config": {"AttachStdout": True}})
RUN = ["create", "attach", "start"]
CTRL_C = ["kill", "die"]
STOP = ["kill", "die", "stop"]


@pytest.mark.parametrize(
    ("actions", "foreground"),
    [
        ([*RUN, *CTRL_C], True),
        ([*RUN, *STOP], False),
        ([*RUN, *CTRL_C, "start", *STOP], False),
        ([*RUN, *CTRL_C, "start", "die"], False),
        ([*RUN, *CTRL_C, "attach", "start", *CTRL_C], True),
        (["create", "start", *STOP], False),
        (["create", "start", "die"], False),
        ([], True),
    ],
)
def test_only_a_run_in_the_foreground_was_without_d(actions: list[str], foreground: bool) -> None:  # noqa: FBT001 - a case
    events = tuple(
        Happened({"Type": "container", "Action": action, "timeNano": at, "Actor": {"ID": "c"}})
        for at, action in enumerate(actions, 1)
    )
    assert trace.in_the_foreground(past(Log("lab", 0, events)), CONTAINER) is foreground


def test_when_it_was_made_is_read_whatever_the_engine_says() -> None:
    assert Container({"Created": "2026-01-01T00:00:01.123456789Z"}).created == 1767225601_123456000
    assert [Container({"Created": it}).created for it in ("", "soon", None, "9999-99-99T00:00:00Z")] == [0, 0, 0, 0]


@pytest.mark.parametrize("inspected", [None, {"State": {"Status": "running"}, "Name": "/my-registry"}])
def test_a_container_that_came_while_somebody_looked_is_starting(inspected: dict[str, object] | None) -> None:
    """The list and the container itself are asked at the same time, and answered a moment apart."""
    log = recorded.log("container-starting")
    look = log.looks[-1]
    seconds = look.until // SECOND

    def as_asked(it: Answer) -> Answer:
        if it.query == ContainerNamed("my-registry"):
            return replace(it, found=inspected)
        if it.query == ContainerList() and it.found:
            rows = it.found["listed"]
            assert isinstance(rows, list)
            return replace(it, found={"listed": [{**row, "Created": seconds} for row in rows]})
        return it

    answers = tuple(map(as_asked, look.snapshot.answers))
    torn = replace(log, entries=(*log.entries[:-1], replace(look, snapshot=Snapshot(answers))))
    assert "never started" not in said(judge(LAB, torn))
