"""Which notebook the page opens with: that of the lab that was worked on last."""

from __future__ import annotations

from contextlib import suppress

from labcheck.attempts import latest
from labcheck.errors import LabcheckError
from labcheck.notebook.original import lesson
from labcheck.start.learner.workspace import START_PAGE


def last_lesson() -> str:
    """Its path in the learner's folder; that of the start page before any step is done."""
    with suppress(LabcheckError):  # a journal that cannot be read is told by the recorder
        if slug := latest():
            return lesson(slug) or START_PAGE
    return START_PAGE
