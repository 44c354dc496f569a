"""The attempts at a lab, one per line: when each started, its result, and which one was the best."""

from __future__ import annotations

from datetime import UTC, tzinfo

import msgspec

from labcheck.render import wording
from labcheck.render.printable import prose
from labcheck.render.wrap import WIDTH, parts, wrapped
from labcheck.report import Tried
from labcheck.verdict import Outcome

OUTCOMES = {Outcome.PASS: "done", Outcome.INCONCLUSIVE: "undecided"}


def listed(title: str, attempts: tuple[Tried, ...], *, width: int = WIDTH, zone: tzinfo = UTC) -> str:
    """The attempts in words. Times are shown in ``zone``, the reader's."""
    title = "\n".join(wrapped(prose(title), width))
    if not attempts:
        return f"{title}\n\nThere are no attempts yet.\n"
    best = max(attempts, key=lambda it: (it.points, it.attempt))
    rows = []
    for it in attempts:
        began, steps = wording.moment(it.began, zone=zone), f"{it.done:>2} of {it.steps} steps"
        told = (wording.points(it.points, it.max_points), OUTCOMES.get(it.outcome, "not finished"))
        mark = ("(the best)",) if it is best and len(attempts) > 1 else ()
        rows += parts((f"{it.attempt:>3}", f"{began:16}", steps, *told, *mark), width, rest="     ")
    return "\n".join([title, "", *rows]) + "\n"


def as_json(attempts: tuple[Tried, ...]) -> str:
    """The attempts as JSON."""
    return msgspec.json.format(msgspec.json.encode(attempts), indent=2).decode() + "\n"
