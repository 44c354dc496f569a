"""What an engine says about itself: its identity, its version, and whether it is the course's own."""

from __future__ import annotations

import msgspec

from labcheck.document import Document, items, text, texts, whole
from labcheck.engine.dialect import DOCKER, DOCKER_WITHOUT_PULLS, PODMAN, Dialect

COURSE_LABEL = "labcheck.sandbox"
BIRTH_LABEL = "labcheck.born"
PULLS_IN_EVENTS = 25
"""The first version whose containerd store reports pulls and pushes as events (moby 25.0)."""


class Info(msgspec.Struct, frozen=True):
    """What an engine says about itself."""

    document: Document

    @property
    def version(self) -> str:
        """The engine's version, for instance ``20.10.24``."""
        return text(self.document, "ServerVersion")

    @property
    def identity(self) -> str:
        """What distinguishes this engine from others: the course's own label, else the engine's ID."""
        return self.label(COURSE_LABEL) or text(self.document, "ID")

    @property
    def is_course(self) -> bool:
        """Whether this is the course's own engine, where everything belongs to the course."""
        return bool(self.label(COURSE_LABEL))

    @property
    def is_podman(self) -> bool:
        """Whether it is Podman, which imitates Docker's API."""
        return bool(text(self.document, "BuildahVersion"))

    @property
    def dialect(self) -> Dialect:
        """What its events prove."""
        if self.is_podman:
            return PODMAN
        containerd = any("containerd" in str(row) for row in items(self.document, "DriverStatus"))
        major = whole(self.version.partition(".")[0])
        has_pulls = not containerd or major is None or major >= PULLS_IN_EVENTS
        return DOCKER if has_pulls else DOCKER_WITHOUT_PULLS

    def label(self, key: str) -> str:
        """The value of one of the engine's own labels (``dockerd --label``), or the empty string."""
        for label in texts(self.document, "Labels"):
            name, _, value = label.partition("=")
            if name == key:
                return value
        return ""
