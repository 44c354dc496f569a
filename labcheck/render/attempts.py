"""The attempts at a lab, one per line: when each started, its result, and which one was the best."""

from __future__ import annotations

from datetime import UTC, tzinfo

import msgspec

from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.report import Tried
from labcheck.verdict import Outcome

OUTCOMES = {Outcome.PASS: "done", Outcome.INCONCLUSIVE: "undecided"}


def listed(title: str, attempts: tuple[Tried, ...], *, zone: tzinfo = UTC) -> str:
    """The attempts in words. Times are shown in ``zone``, the reader's."""
    if not attempts:
        return f"{prose(title)}\n\nThere are no attempts yet.\n"
    best = max(attempts, key=lambda it: (it.points, it.attempt))
    rows = [
        f"{it.attempt:>3}  {wording.moment(it.began, zone=zone):16}  {it.done:>2} of {it.steps} steps"
        f"  {wording.points(it.points, it.max_points)}  {OUTCOMES.get(it.outcome, 'not finished')}"
        f"{'  (the best)' if it is best and len(attempts) > 1 else ''}"
        for it in attempts
    ]
    return "\n".join([prose(title), "", *rows]) + "\n"


def as_json(attempts: tuple[Tried, ...]) -> str:
    """The attempts as JSON."""
    return msgspec.json.format(msgspec.json.encode(attempts), indent=2).decode() + "\n"
