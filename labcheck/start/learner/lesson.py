"""Which notebook the page opens with: the one that was in front when it was last seen, else that of the latest lab."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.attempts import latest
from labcheck.errors import LabcheckError
from labcheck.notebook.original import lesson
from labcheck.ready import ready
from labcheck.start.learner.workspace import FILE, START_PAGE


class Place(msgspec.Struct):
    """What the page keeps of where one was (``labextensions/labcheck/static/place.js``)."""

    front: str


class State(msgspec.Struct):
    """What JupyterLab keeps of what is open, as far as it is ours."""

    place: Place = msgspec.field(name="labcheck:place")


class Workspace(msgspec.Struct):
    """JupyterLab's file of it."""

    data: State


def last_lesson(settings: Path) -> str:
    """Its path in the learner's folder; that of the start page before any step is done."""
    with suppress(OSError, msgspec.MsgspecError):  # the page was not seen yet
        return msgspec.json.decode((settings / FILE).read_bytes(), type=ready(Workspace)).data.place.front
    with suppress(LabcheckError):  # a journal that cannot be read is told by the recorder
        if slug := latest():
            return lesson(slug) or START_PAGE
    return START_PAGE
