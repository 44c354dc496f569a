"""Who owns the engine. On a learner's own, no advice may remove more than the lab made."""

from __future__ import annotations

from collections.abc import Iterable

from labcheck.past import Past
from labcheck.query import EngineInfo
from labcheck.snapshot import Found
from labcheck.verdict import Fix


def is_learners_own(past: Past) -> bool:
    """Whether it is the learner's own; an engine about which nothing is known counts as such."""
    info = past.now(EngineInfo())
    return not (isinstance(info, Found) and info.value.is_course)


def removing(past: Past, containers: Iterable[str], *then: str) -> Fix:
    """Remove these containers, which may not all be the lab's; on their own engine the learner chooses."""
    removals = tuple(f"docker rm -f {name}" for name in containers)
    if not removals or not is_learners_own(past):
        return Fix((*removals, *then))
    after = f" Then type {', '.join(then)}." if then else ""
    return Fix(advice=f"This is your own Docker, so only if you no longer need them: {', '.join(removals)}.{after}")
