"""What was done in an attempt: each command once, beside what it completed, and where a step broke."""

from __future__ import annotations

from labcheck.cause import TimedOut
from labcheck.checks import ImagePresent
from labcheck.lab import Lab, Step, load
from labcheck.log import Answered, Gap, Happened, Log, Look, Shown
from labcheck.query import ImageNamed
from labcheck.render.timeline import text
from labcheck.replay import each, replay, start
from labcheck.report import Deed
from labcheck.snapshot import Answer, Snapshot, Unknown
from labcheck.timeline import FORGOTTEN, timeline
from tests.support.logs import SECOND, look, pull
from tests.support.recorded import ATTEMPTS, log

LAB = load("push-and-pull")
HALF = """\
Push and pull through a private registry
  Pulled registry:2
  Started the container my-registry
    ✓ done: Start a registry on port 5000
  Pulled nginx:latest
  Pulled httpd:latest
    ✓ done: Pull nginx and httpd from Docker Hub
"""
BROKEN = """\
One
  Pulled nginx:latest
    ✓ done: Pull nginx
  Took the name of an image away
    ✗ broken: Pull nginx
  Pulled nginx:latest
    ✓ holds again: Pull nginx"""


def told(attempt: Log) -> tuple[Deed, ...]:
    return timeline(LAB, attempt)


def test_each_step_that_is_done_stands_once_below_what_completed_it() -> None:
    assert text(LAB.title, told(log("solved"))).startswith(HALF)
    done = [change.title for deed in told(log("solved")) for change in deed.changes]
    assert done == [step.title for step in LAB.steps]


def untag(at: int) -> Happened:
    """The engine's event of a name that is taken away."""
    actor = {"ID": "sha256:nginx:latest", "Attributes": {"name": "sha256:nginx:latest"}}
    return Happened({"Type": "image", "Action": "untag", "timeNano": at, "Actor": actor})


def absent(at: int) -> Look:
    """A look that saw that the image is not there."""
    return Look(at, at, Snapshot((Answer(ImageNamed("nginx:latest")),)))


def blind(at: int) -> Look:
    """A look that could see nothing."""
    return Look(at, at, Snapshot((Answer(ImageNamed("nginx:latest"), unknown=Unknown("No answer.", TimedOut(1))),)))


def test_what_broke_and_what_mended_it_stand_where_they_happened() -> None:
    lab = Lab(
        title="One",
        slug="one",
        steps=(Step(id="pull", title="Pull nginx", checks=(ImagePresent(image="nginx:latest"),)),),
    )
    times = iter(range(SECOND, 1000 * SECOND, 60 * SECOND))
    entries = (
        absent(next(times)),
        pull(next(times)),
        look(next(times), "nginx:latest"),
        untag(next(times)),
        absent(next(times)),
        blind(next(times)),
        pull(next(times)),
        look(next(times), "nginx:latest"),
    )
    assert text("One", timeline(lab, Log("one", 1, entries))) == BROKEN


def test_answers_hints_and_what_was_forgotten_are_told() -> None:
    at = log("untouched").looks[0].until
    question = next(step for step in LAB.steps if step.question)
    first = LAB.steps[0]
    more = (Shown(at, first.id, "hint"), Shown(at, first.id, "solution"), Gap(at), Answered(at, question.id, "7"))
    whole = log("untouched")
    deeds = told(Log(whole.lab, whole.began, (*whole.entries, *more)))
    assert [deed.what for deed in deeds][-4:] == [
        f"Saw a hint: {first.title}",
        f"Saw the solution: {first.title}",
        FORGOTTEN,
        f"Answered {question.title}: 7",
    ]


def test_what_is_folded_step_by_step_ends_where_the_whole_does() -> None:
    for name in sorted(ATTEMPTS):
        entries, begun = log(name).entries, start(LAB, log(name).began)
        standings = [*each(LAB, begun, entries)]
        assert len(standings) == len(entries)
        assert standings[-1] == replay(LAB, begun, entries)
