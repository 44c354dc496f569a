"""What was done in an attempt, as text and as HTML: what, and what came of it for the lab's steps.

A time stands beside each only where a zone is given: without, the same attempt gives the same bytes.
"""

from __future__ import annotations

from datetime import tzinfo
from html import escape

from labcheck.render import wording
from labcheck.render.checklist import SIGNS
from labcheck.render.markup import LEFT, SHORT, heads, section, table
from labcheck.render.printable import prose
from labcheck.report import Change, Deed, State

KIND = "labcheck-timeline"
EMPTY = "Nothing was done yet."
TOLD = {"done": "done", "broken": "broken", "mended": "holds again", "undone": "no longer needed"}
SIGN = {"done": SIGNS[State.DONE], "broken": SIGNS[State.BROKEN], "mended": SIGNS[State.DONE], "undone": "·"}


def text(title: str, deeds: tuple[Deed, ...]) -> str:
    """A line for each, and below it the steps that stand otherwise then."""
    rows = [prose(title)]
    for deed in deeds:
        rows += [f"  {prose(deed.what)}", *(f"    {_change(change)}" for change in deed.changes)]
    return "\n".join(rows if deeds else [*rows, f"  {EMPTY}"])


def html(title: str, deeds: tuple[Deed, ...], zone: tzinfo | None = None) -> str:
    """The same as a table."""
    caption = escape(f"Timeline: {prose(title)}")
    if not deeds:
        return section(caption, f"<p>{caption}</p>\n<p>{EMPTY}</p>\n", KIND)
    columns = ("When", "What was done", "What came of it")[0 if zone else 1 :]
    rows = "".join(_row(deed, deeds[-1].at, zone) for deed in deeds)
    return section(caption, table(heads(columns, SHORT), rows, caption), KIND)


def _row(deed: Deed, last: str, zone: tzinfo | None) -> str:
    when = f"<td {SHORT}>{wording.moment(deed.at, last, zone)}</td>" if zone else ""
    changes = "<br>\n".join(escape(_change(change)) for change in deed.changes)
    return f"<tr>{when}<td {LEFT}>{escape(prose(deed.what))}</td><td {LEFT}>{changes}</td></tr>\n"


def _change(change: Change) -> str:
    return f"{SIGN[change.how]} {TOLD[change.how]}: {prose(change.title)}"
