"""The engine's description of itself, and its time. Its clock may differ from ours, as in a virtual machine."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from labcheck.cause import NotAnEngine
from labcheck.document import Document, text
from labcheck.engine import Info
from labcheck.evidence_fields import INFO
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine import podman
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.clock import system_time
from labcheck.observe.engine.failures import WHO
from labcheck.observe.relevance import Relevance, reduced
from labcheck.observe.trouble import CannotLook
from labcheck.query import Subject


class Identity(msgspec.Struct, frozen=True):
    """What is kept of ``docker info``, and the engine's time in nanoseconds (0 if unknown)."""

    document: Document
    time: int

    @property
    def info(self) -> Info:
        """What the engine says about itself."""
        return Info(self.document)

    def relevance(self, subject: Subject) -> Relevance:
        """What on this engine is relevant to the lab."""
        return Relevance(subject, everything=self.info.is_course)


def identify(engine: Engine, deadline: Deadline, greeted: Callable[[], object] = lambda: None) -> Identity:
    """Ask for the engine's identity; ``greeted`` is called once it is known whether and how to talk to it."""
    try:
        engine.greet(deadline)
    finally:
        greeted()
    began = time.time_ns()
    info = engine.get("/info", deadline)
    if not isinstance(info, dict):
        raise CannotLook(f"{WHO} does not say what it is.", NotAnEngine())
    if podman.MARK in info:
        info = {**info, "ID": podman.identity(info)}
    found = Identity(reduced(info, INFO), system_time(text(info, "SystemTime")))
    engine.saw(began, found.time, time.time_ns())
    return found
