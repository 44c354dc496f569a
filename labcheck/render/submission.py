"""What a submission contains, in words: for a learner before it goes, for an instructor when it came."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, tzinfo

from labcheck.log import Answered, Gap, Happened, Log, Look, Shown
from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.render.wrap import WIDTH, set_off, wrapped
from labcheck.report import rfc3339
from labcheck.submission import Submission

KINDS = {Look: "look", Happened: "event", Answered: "answer", Shown: "hint", Gap: "gap"}
PRIVATE = (
    "It holds what labcheck saw of the engine and of registries, and your answers. It holds no passwords, no values of"
    " variables, and no verdicts: whoever grades it judges what was seen."
)


def told(submission: Submission, size: int, *, width: int = WIDTH, zone: tzinfo = UTC) -> str:
    """Who hands it in, and a line for each attempt. ``size`` is the file's, in bytes."""
    learner = submission.learner
    who = " ".join(filter(None, (prose(learner.name), f"({prose(learner.id)})" if learner.id else "")))
    when = wording.moment(submission.when, zone=zone)
    head = f"Submission of {who or 'a learner without a name'}, {when}, {max(1, round(size / 1000))} kB"
    rows = [*wrapped(head, width), ""]
    for lab in submission.labs:
        rows += wrapped(prose(lab), width)
        rows += [line for log in submission.attempts(lab) for line in wrapped(_attempt(log, zone), width, rest="    ")]
    return "\n".join([*rows, "", *wrapped(PRIVATE, width)]) + "\n"


def _attempt(log: Log, zone: tzinfo) -> str:
    counted = Counter(KINDS[type(entry)] for entry in log.entries)
    what = ", ".join(_counted(counted[kind], kind) for kind in KINDS.values() if counted[kind])
    return set_off(f"attempt {log.attempt}, {wording.moment(rfc3339(log.began), zone=zone)}: {what or 'nothing'}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
