"""(results, roster) -> results: names come from the roster, and whoever handed nothing in is listed, too."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from labcheck.gradebook import Marked
from labcheck.roster import Roster
from labcheck.submission import Learner


def enrolled(marked: Iterable[Marked], roster: Roster | None) -> tuple[Marked, ...]:
    """Ordered by learner; without a roster, everybody is who they say they are."""
    named = [_named(it, roster) for it in marked] if roster else list(marked)
    here = {it.learner.id for it in named}
    missing = [it for it in roster.learners.values() if it.id not in here] if roster else []
    named += [Marked(learner=Learner(it.id, it.name), file="", submitted_at=None) for it in missing]
    return tuple(sorted(named, key=lambda it: (it.learner.id, it.file)))


def _named(marked: Marked, roster: Roster) -> Marked:
    known = roster.learners.get(marked.learner.id)
    if known is None:
        return replace(marked, unknown=True)
    return replace(marked, learner=Learner(known.id, known.name or marked.learner.name))
