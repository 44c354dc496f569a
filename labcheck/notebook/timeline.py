"""``lab.timeline()``: what was done when, which step it completed, and where one broke.

Its times are on the page only: what is stored in the notebook is the same however long somebody took.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from labcheck.journal import Journal
from labcheck.lab import Lab
from labcheck.notebook.result import Result
from labcheck.render.timeline import html, text
from labcheck.timeline import timeline


def shown(lab: Lab, journal: Journal) -> object:
    """The current attempt as far as it is filed; nothing is looked at."""
    head = journal.current(lab.slug)
    deeds = timeline(lab.drawn(head.seed), journal.log(head)) if head else ()
    result = Result(text(lab.title, deeds), html(lab.title, deeds))
    if "IPython" not in sys.modules:
        return result
    from labcheck.notebook.widget import Widget  # noqa: PLC0415 - widgets, only where there is a page

    made = Widget()
    made.text, made.static = text(lab.title, deeds), html(lab.title, deeds)
    made.html = html(lab.title, deeds, datetime.now().astimezone().tzinfo or UTC)
    return made
