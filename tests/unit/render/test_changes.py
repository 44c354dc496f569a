"""What ``labcheck watch`` says after a look: what is new, and what to type next."""

from __future__ import annotations

import msgspec

from labcheck.render import wording
from labcheck.render.terminal import changes, render
from labcheck.report import State
from tests.support.reports import ANSWERS, LIST_LATER, PULLED, REPORTS, STARTED, made, no, step, unseen

NOT_STARTED = step("start-registry", STARTED.title, no(ANSWERS, "an answer", "none", "docker run registry"))
PULL_NEXT = step("pull", PULLED.title, no("The image nginx:latest is here", "it", "none", "docker pull nginx:latest"))
PULL_LATER = msgspec.structs.replace(PULL_NEXT, state=State.LATER)


def test_a_step_that_got_done_and_the_next_thing_to_type() -> None:
    before, after = made(NOT_STARTED, PULL_LATER), made(STARTED, PULL_NEXT)
    assert changes(before, after) == (
        "done  Start a registry on port 5000\n"
        "\n"
        "Next: Pull nginx and httpd from Docker Hub\n"
        "Expected: it.\n"
        "Seen: none.\n"
        "\n"
        "    docker pull nginx:latest\n"
    )


def test_nothing_is_said_when_nothing_changed() -> None:
    for report in REPORTS.values():
        assert changes(report, msgspec.structs.replace(report, looked_at="2026-03-02T10:41:00Z")) == ""


def test_a_number_that_moves_in_what_was_seen_is_no_news() -> None:
    one, two = (no(ANSWERS, "an answer", f"up {seconds} seconds", "docker ps") for seconds in (3, 4))
    assert changes(made(step("a", "A", one), STARTED), made(step("a", "A", two), STARTED)) == ""


def test_another_thing_to_type_for_the_same_step_is_news() -> None:
    one, two = (no("Both are here", "both", "one", f"docker pull {name}") for name in ("nginx", "httpd"))
    said = changes(made(STARTED, step("pull", "Pull", one)), made(STARTED, step("pull", "Pull", two)))
    assert said.startswith("Next: Pull\n")
    assert said.endswith("\n    docker pull httpd\n")


def test_a_step_that_broke_says_since_when() -> None:
    broken = msgspec.structs.replace(NOT_STARTED, state=State.BROKEN, done=True, broken_since="2026-03-02T10:39:00Z")
    said = changes(made(STARTED, PULL_NEXT), made(broken, PULL_LATER))
    assert said.startswith("broken since 10:39 UTC  Start a registry on port 5000\n\nBroken since 10:39 UTC: ")
    assert changes(made(broken, PULL_LATER), made(STARTED, PULL_NEXT)).startswith("done  Start a registry")


def test_an_engine_that_goes_away_is_said_once_and_not_again() -> None:
    gone = made(
        STARTED,
        msgspec.structs.replace(PULL_NEXT, state=State.UNSEEN, checks=(unseen("x", "no engine"),)),
        msgspec.structs.replace(LIST_LATER, state=State.UNSEEN, checks=(unseen("x", "no engine"),)),
    )
    assert changes(made(STARTED, PULL_NEXT, LIST_LATER), gone) == ("Could not look.\nReason: no engine.\n")
    assert changes(gone, gone) == ""


def test_the_last_step_gets_the_kind_sentence() -> None:
    said = changes(made(STARTED, PULL_NEXT), made(STARTED, PULLED))
    assert said == "done  Pull nginx and httpd from Docker Hub\n\nWell done! All 2 steps are done, 4 of 4 points.\n"


def test_the_first_look_shows_everything() -> None:
    assert changes(None, REPORTS["half-way"]) == render(REPORTS["half-way"])


def test_a_note_is_told_by_the_way_and_takes_nothing_from_the_praise() -> None:
    noted = msgspec.structs.replace(STARTED.checks[0], why="It keeps its data", diagnosis="a-note")
    after = made(msgspec.structs.replace(STARTED, checks=(noted, *STARTED.checks[1:])), PULLED)
    said = changes(made(NOT_STARTED, PULLED), after)
    praise = f"{wording.summary(after)}\n\nBy the way:\nIt keeps its data. (a-note)\n"
    assert praise.startswith("Well done!")
    assert said == f"done  Start a registry on port 5000\n\n{praise}"
    assert render(after.only("start-registry")).endswith("\nIt keeps its data. (a-note)\n")
