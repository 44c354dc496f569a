"""What an engine says of itself: who it is, which version, and whether it is the course's own."""

from __future__ import annotations

import msgspec

from labcheck.document import Document, items, text, texts, whole

COURSE_LABEL = "labcheck.sandbox"
BIRTH_LABEL = "labcheck.born"
PULLS_IN_EVENTS = 25
"""The first engine whose containerd store tells of pulls and pushes (moby 25.0)."""


class Info(msgspec.Struct, frozen=True):
    """What an engine says of itself."""

    document: Document

    @property
    def version(self) -> str:
        """The engine's version, for instance ``20.10.24``."""
        return text(self.document, "ServerVersion")

    @property
    def identity(self) -> str:
        """What tells this engine from another: the course's own label, else the engine's ID."""
        return self.label(COURSE_LABEL) or text(self.document, "ID")

    @property
    def is_course(self) -> bool:
        """Whether this is the course's own engine, where all there is belongs to the course."""
        return bool(self.label(COURSE_LABEL))

    @property
    def tells_of_pulls(self) -> bool:
        """Whether pulls and pushes are among its events: the containerd store of engines 23 and 24 tells of none."""
        containerd = any("containerd" in str(row) for row in items(self.document, "DriverStatus"))
        major = whole(self.version.partition(".")[0])
        return not containerd or major is None or major >= PULLS_IN_EVENTS

    def label(self, key: str) -> str:
        """The value of one of the engine's own labels (``dockerd --label``), or the empty string."""
        for label in texts(self.document, "Labels"):
            name, _, value = label.partition("=")
            if name == key:
                return value
        return ""
