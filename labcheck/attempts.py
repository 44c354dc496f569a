"""All attempts there are: what each at a lab came to, and which lab somebody worked at last. It looks at no engine."""

from __future__ import annotations

from labcheck.errors import LabcheckError
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.judge import tried
from labcheck.lab import Lab, load
from labcheck.progress import Progress
from labcheck.report import Tried


def attempts(lab: Lab, journal: Journal) -> tuple[Tried, ...]:
    """What each attempt at the lab came to by what is filed of it, the first one first."""
    progress = Progress(lab, journal)
    return tuple(tried(lab, progress.now(head).standing, head.attempt) for head in journal.attempts(lab.slug))


def latest() -> str | None:
    """The lab somebody worked at last, or ``None`` if nobody did yet.

    It is the one with the newest step done: a recorder files what happens in every lab, whichever is meant by it.
    """
    with Journal(journal_path()) as journal:
        return max(journal.labs(), key=lambda slug: _last_done(journal, slug), default=None)


def _last_done(journal: Journal, slug: str) -> int:
    """When a step of this lab was done last; 0 if none was, or if there is no such lab any longer."""
    try:
        lab = load(slug)
    except LabcheckError:
        return 0
    head = journal.current(slug)
    done = Progress(lab, journal).now(head).standing.done if head else {}
    return max(done.values(), default=0)
