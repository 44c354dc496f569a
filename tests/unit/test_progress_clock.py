"""A clock that is set back or forward at any step: nothing is late, nothing is untrue, and nothing is lost.

What the engine and a look say of the time is shifted from one look of a recording on; then all is filed, look by look,
as a recorder files it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.filing import in_order
from labcheck.journal import Journal
from labcheck.judge import reported
from labcheck.lab import load
from labcheck.log import Answered, Entry, Gap, Happened, Log, Look, Shown
from labcheck.progress import Progress
from labcheck.report import StepReport
from tests.support.logs import SECOND, look, pull
from tests.support.places import VECTORS

LAB = load("push-and-pull")
SOLVED = evidence.decode((VECTORS / "solved-push-and-pull.json").read_bytes())
State = list[tuple[object, ...]]
SHIFTS = {"-1 s": -1, "-5 s": -5, "-60 s": -60, "-61 s": -61, "-1 h": -3600, "+1 h": 3600}


def batches(log: Log) -> Iterator[list[Entry]]:
    """What was filed with each look, and after it before the next."""
    batch: list[Entry] = []
    for entry in log.entries:
        if batch and isinstance(batch[-1], Look | Answered) and not isinstance(entry, Answered):
            yield batch
            batch = []
        batch.append(entry)
    yield batch


def shifted(entry: Entry, by: int) -> Entry:
    """The entry, had the clock been set."""
    match entry:
        case Look():
            return replace(entry, at=entry.at + by, until=entry.until + by)
        case Happened(document):
            return Happened({**document, "timeNano": entry.at + by})
        case Gap() | Answered() | Shown():
            return replace(entry, at=entry.at + by)


def how(step: StepReport) -> tuple[object, ...]:
    """How a step stands, but for the time."""
    return (step.id, step.outcome, step.state, step.points, step.holds_now, [it.diagnosis for it in step.checks])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[State]:
    """How the lab stands after each look, where nobody sets a clock."""
    found = list(stands(tmp_path_factory.mktemp("plain") / "journal.db", [*batches(SOLVED)]))
    assert found[-1][-1][2] == "done"
    return found


@pytest.mark.parametrize("by", SHIFTS.values(), ids=SHIFTS)
def test_a_clock_that_is_set_at_any_step_changes_nothing(tmp_path: Path, by: int, plain: list[State]) -> None:
    filed = [*batches(SOLVED)]
    for place in range(1, len(filed)):
        moved = [*filed[:place], *([shifted(entry, by * SECOND) for entry in batch] for batch in filed[place:])]
        assert list(stands(tmp_path / f"{place}.db", moved)) == plain, f"set before look {place}"


def stands(path: Path, filed: list[list[Entry]]) -> Iterator[State]:
    """How the lab stands after each batch."""
    with Journal(path) as journal:
        head = journal.begin(LAB.slug, engine="engine", began=SOLVED.began)
        progress = Progress(LAB, journal)
        for batch in filed:
            journal.append(head, batch, after=journal.filed())
            report = reported(LAB, progress.now(head).standing, head.attempt)
            yield [how(step) for step in report.steps]


@pytest.mark.parametrize(
    ("happened", "place"),
    [([5, 15, 25], 2), ([5, 10**10], 2), ([10**10, 15, 25], 2), ([5, 31], 1), ([], 0), ([25], 0)],
    ids=["before, while and after", "before the clock was set back", "also with more", "now", "nothing", "only after"],
)
def test_a_look_stands_among_what_happened(happened: list[int], place: int) -> None:
    entries: list[Entry] = [pull(at) for at in happened]
    seen = look(10, until=20)
    assert in_order(seen, entries, 30).index(seen) == place
