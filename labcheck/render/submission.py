"""What a submission contains, in words: for a learner before it goes, for an instructor when it came."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, tzinfo

from labcheck.log import Answered, Gap, Happened, Log, Look, Shown
from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.render.wrap import WIDTH, set_off, wrapped
from labcheck.report import rfc3339
from labcheck.submission import Filing, Submission

KINDS = {Look: "look", Happened: "event", Answered: "answer", Gap: "gap"}
SHOWN = {"hint": "hint", "solution": "solution", "played": "step played"}
PRIVATE = (
    "It holds what labcheck saw of the engine and of registries, and your answers. It holds no passwords, no values of"
    " variables, no names that the labs are not about, and no verdicts: whoever grades it judges what was seen."
)
SIGNED = "It is signed: whoever has the class file sees whether it was changed since."


def told(submission: Submission, size: int, *, width: int = WIDTH, zone: tzinfo = UTC) -> str:
    """Who hands it in, and a line for each attempt. ``size`` is the file's, in bytes."""
    learner = submission.learner
    who = " ".join(filter(None, (prose(learner.name), f"({prose(learner.id)})" if learner.id else "")))
    when = wording.moment(submission.when, zone=zone)
    head = f"Submission of {who or 'a learner without a name'}, {when}, {max(1, round(size / 1000))} kB"
    rows = [*wrapped(head, width), ""]
    filed = list(zip(submission.logs, submission.filings or (Filing(),) * len(submission.logs), strict=True))
    for lab in submission.labs:
        rows += wrapped(prose(lab), width)
        attempts = (_attempt(log, filing, zone) for log, filing in filed if log.lab == lab)
        rows += [line for attempt in attempts for line in wrapped(attempt, width, rest="    ")]
    ends = (PRIVATE, SIGNED) if submission.signature else (PRIVATE,)
    return "\n".join([*rows, "", *(line for text in ends for line in wrapped(text, width))]) + "\n"


def _attempt(log: Log, filing: Filing, zone: tzinfo) -> str:
    counted = Counter(SHOWN[it.what] if isinstance(it, Shown) else KINDS[type(it)] for it in log.entries)
    what = ", ".join(_counted(counted[kind], kind) for kind in (*KINDS.values(), *SHOWN.values()) if counted[kind])
    notes = [what or "nothing", *([f"seed {prose(log.seed)}"] if log.seed else [])]
    if not filing.is_whole:
        notes.append("this is not what was filed")
    if filing.seal.recovered:
        notes.append("recovered from a damaged journal")
    return set_off(f"attempt {log.attempt}, {wording.moment(rfc3339(log.began), zone=zone)}: {'; '.join(notes)}")


def _counted(number: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{number} {first}{'' if number == 1 else 's'} {rest}".rstrip()
