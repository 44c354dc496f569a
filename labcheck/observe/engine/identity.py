"""What the engine tells of itself, and what time it has. Its clock need not be ours: think of a virtual machine."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime

import msgspec

from labcheck.document import INFO, Document, text
from labcheck.engine import Info
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.api import WHO, Engine
from labcheck.observe.relevance import Relevance, reduced
from labcheck.observe.trouble import CannotLook
from labcheck.query import Subject

SECOND = 1_000_000_000
WRITTEN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)


class Identity(msgspec.Struct, frozen=True):
    """What is kept of ``docker info``, and the engine's time in nanoseconds (0 if it told none)."""

    document: Document
    time: int

    @property
    def info(self) -> Info:
        """What the engine says of itself."""
        return Info(self.document)

    def relevance(self, subject: Subject) -> Relevance:
        """What of this engine concerns the lab."""
        return Relevance(subject, everything=self.info.is_course)


def identify(engine: Engine, deadline: Deadline, greeted: Callable[[], object] = lambda: None) -> Identity:
    """Ask the engine who it is; ``greeted`` is called once it is known how to ask it anything, or that nobody can."""
    try:
        engine.greet(deadline)
    finally:
        greeted()
    began = time.time_ns()
    info = engine.get("/info", deadline)
    if not isinstance(info, dict):
        raise CannotLook(f"{WHO} does not say what it is.")
    found = Identity(reduced(info, INFO), system_time(text(info, "SystemTime")))
    engine.saw(began, found.time, time.time_ns())
    return found


def system_time(written: str) -> int:
    """The time in nanoseconds, from RFC 3339 with up to nine digits of a second; 0 if it is no time."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return 0
    try:
        whole = datetime.fromisoformat(found[1] + found[3].replace("Z", "+00:00"))
    except ValueError:
        return 0
    return int(whole.timestamp()) * SECOND + int((found[2] or "").ljust(9, "0"))
