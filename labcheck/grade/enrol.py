"""Who is in a class: names come from its roster, and whoever handed nothing in is listed, too."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from labcheck.gradebook import Marked
from labcheck.roster import Roster
from labcheck.submission import Learner


def named(marked: Marked, roster: Roster | None) -> Marked:
    """The same, with the learner's name as the roster has it; without a roster, all are who they say they are."""
    if roster is None:
        return marked
    known = roster.learners.get(marked.learner.id)
    if known is None:
        return replace(marked, unknown=True)
    return replace(marked, learner=Learner(known.id, known.name or marked.learner.name))


def missing(roster: Roster, here: AbstractSet[str]) -> Iterator[Marked]:
    """Those of the roster who are not among these: they handed nothing in."""
    for known in roster.learners.values():
        if known.id not in here:
            yield Marked(learner=Learner(known.id, known.name), file="", submitted_at=None)
