"""What an engine reports: containers, images, events. Read-only views over documents as observed.

The views bridge what differs between engine versions and image stores; they decide nothing and never raise.
"""

from __future__ import annotations

from labcheck.engine.container import EVERYWHERE, LOOPBACK, Binding, Container, ListedContainer
from labcheck.engine.dialect import DOCKER, Dialect
from labcheck.engine.event import Event
from labcheck.engine.image import Image
from labcheck.engine.info import BIRTH_LABEL, COURSE_LABEL, Info

__all__ = [
    "BIRTH_LABEL",
    "COURSE_LABEL",
    "DOCKER",
    "EVERYWHERE",
    "LOOPBACK",
    "Binding",
    "Container",
    "Dialect",
    "Event",
    "Image",
    "Info",
    "ListedContainer",
]
