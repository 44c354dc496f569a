"""``lab.timeline()``: what was done when, which step it completed, and where one broke.

Its times are on the course's page only: what is stored in the notebook is the same however long somebody took.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from labcheck import home
from labcheck.attempt import opened
from labcheck.journal import Journal
from labcheck.lab import Lab
from labcheck.notebook.live import Live
from labcheck.notebook.result import Result
from labcheck.render.timeline import html, text
from labcheck.report import Deed
from labcheck.timeline import timeline as deeds_of
from labcheck.watch import watch


def timeline(lab: Lab) -> Live:
    """The current attempt as far as it is filed; nothing is looked at."""
    with Journal(home.journal()) as journal:
        deeds = _deeds(lab, journal)
    return Live("timeline", Result(text(lab.title, deeds), html(lab.title, deeds)), lab=lab.slug)


def follow(lab: Lab, over: threading.Event) -> Iterator[str]:
    """The same in HTML, with times: now, and after each look until ``over`` is set."""
    with opened(lab) as attempt:
        for _ in watch(attempt, until=over):
            yield html(lab.title, _deeds(lab, attempt.journal), datetime.now().astimezone().tzinfo or UTC)


def _deeds(lab: Lab, journal: Journal) -> tuple[Deed, ...]:
    head = journal.current(lab.slug)
    return deeds_of(lab.drawn(head.seed), journal.log(head)) if head else ()
