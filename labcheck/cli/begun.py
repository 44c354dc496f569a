"""What removing an engine's data ends: the attempts that were begun on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from labcheck.attempts import attempts
from labcheck.errors import InvalidLab, LabcheckError, UnknownName
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.lab import Lab, load, slugs
from labcheck.render.printable import visible


def attempts_begun() -> Iterator[str]:
    """How far each lab is, in the attempt that could no longer be continued."""
    if not journal_path().exists():
        return
    try:
        with Journal(journal_path()) as journal:
            for lab in _labs(journal.labs()):
                for it in attempts(lab, journal)[-1:]:
                    yield (
                        f"{visible(lab.slug):16}  attempt {it.attempt}: {it.done} of {it.steps} steps, "
                        f"{it.points} of {it.max_points} points; stays in the journal"
                    )
    except LabcheckError as error:
        yield f"labcheck cannot tell how far you are. {error}"


def _labs(known: Sequence[str]) -> Iterator[Lab]:
    """These labs, the course's first; a lab whose file is gone or damaged cannot be continued, and is left out."""
    own = slugs()
    for slug in sorted(known, key=lambda slug: own.index(slug) if slug in own else len(own)):
        with suppress(InvalidLab, UnknownName):
            yield load(slug)
