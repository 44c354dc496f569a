"""All attempts: how each attempt at a lab ended, and which lab was worked on last. Looks at no engine."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.errors import LabcheckError
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.judge import tried
from labcheck.lab import Lab, load
from labcheck.progress import Progress
from labcheck.report import Tried


def attempts(lab: Lab, journal: Journal) -> tuple[Tried, ...]:
    """How each attempt at the lab stands according to the journal, the oldest first."""
    progress = Progress(lab, journal)
    heads = journal.attempts(lab.slug)
    return tuple(tried(progress.drawn(head), progress.now(head).standing, head.attempt) for head in heads)


def done(lab: Lab, journal: Journal) -> int:
    """How many steps of the lab are done in its current attempt."""
    return len(_done(lab, journal))


def latest() -> str | None:
    """The lab that was worked on last, or ``None`` if there is none yet.

    It is the one whose step was completed last: a recorder files events in every lab, so those do not tell.
    """
    with Journal(journal_path()) as journal:
        return max(journal.labs(), key=lambda slug: _last_done(journal, slug), default=None)


def _last_done(journal: Journal, slug: str) -> int:
    """When a step of this lab was last completed; 0 if none was, or if the lab no longer exists."""
    try:
        lab = load(slug)
    except LabcheckError:
        return 0
    return max(_done(lab, journal).values(), default=0)


def _done(lab: Lab, journal: Journal) -> Mapping[str, int]:
    """The steps that are done in the current attempt, and since when."""
    head = journal.current(lab.slug)
    return Progress(lab, journal).now(head).standing.done if head else {}
