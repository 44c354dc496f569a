"""A small class, graded: who did all, who looked only at the end, who did nothing, who was excused, who is missing."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from labcheck.flag import Flag, Kind
from labcheck.grade import Excuse, Rules
from labcheck.grade.mark import marks
from labcheck.gradebook import Gradebook, Heading, Marked, NotGradable, StepHeading
from labcheck.lab import load
from labcheck.report import rfc3339
from labcheck.submission import Learner, Submission
from tests.support import recorded
from tests.support.submissions import LAB, own

HOSTILE = '</script><b>"&\x1b[31m\u202e'
EXCUSES = (Excuse("tag", learner="dora"), *(Excuse(step.id, learner="emil") for step in load(LAB).steps))


def marked(name: str, learner: Learner, *, excuses: tuple[Excuse, ...] = EXCUSES) -> Marked:
    """What this recording comes to as this learner's."""
    log = own(recorded.log(name), 1)
    submission = Submission(learner, log.entries[-1].at, {LAB: ""}, (log,))
    labs = marks([(LAB, load(LAB))], submission, Rules(excuses=excuses))
    return Marked(learner=learner, file=f"{learner.id}.labcheck", submitted_at=submission.when, labs=labs)


@cache
def book() -> Gradebook:
    """The class."""
    lab = load(LAB)
    steps = tuple(StepHeading(id=step.id, title=step.title, max_points=step.points) for step in lab.steps)
    heading = Heading(lab=LAB, title=lab.title, max_points=19, steps=steps)
    rows = [
        marked("solved", Learner("ann", "Ann")),
        marked("checked-only-at-the-end", Learner("bob", "Bob")),
        replace(marked("untouched", Learner("cyd", HOSTILE)), flags=(Flag(Kind.SHARED, f"Shared {HOSTILE}"),)),
        marked("solved", Learner("dora", "=Dora")),
        marked("solved", Learner("emil", "Points Possible")),
        Marked(learner=Learner("fay", "Fay"), file="", submitted_at=None),
    ]
    refused = (NotGradable(file="<b>.labcheck", why="It was <edited>."),)
    return Gradebook(
        graded_at=rfc3339(1_800_000_000 * 10**9), labs=(heading,), marked=tuple(rows), not_gradable=refused
    )
