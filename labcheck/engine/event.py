"""An event, as an engine reports it."""

from __future__ import annotations

import msgspec

from labcheck.cached import cached_property
from labcheck.document import Document, number, text


class Event(msgspec.Struct, frozen=True, dict=True):
    """An event in the engine. Reads only ``Type``, ``Action`` and ``Actor``: Engine 29 dropped the rest.

    Each is read once, however many labs follow what it is about.
    """

    document: Document

    @cached_property
    def at(self) -> int:
        """When, in nanoseconds of the engine's own clock."""
        return number(self.document, "timeNano")

    @cached_property
    def kind(self) -> str:
        """The type and the action as one, for instance ``image/pull``."""
        return f"{text(self.document, 'Type')}/{text(self.document, 'Action')}"

    @cached_property
    def family(self) -> str:
        """The type alone, for instance ``image``."""
        return self.kind.partition("/")[0]

    @cached_property
    def actor(self) -> str:
        """What it is about: a container's or image's id; for pull and push the reference."""
        return text(self.document, "Actor", "ID")

    @cached_property
    def name(self) -> str:
        """A container's name; for a tag event the new reference."""
        return text(self.document, "Actor", "Attributes", "name")

    @cached_property
    def image(self) -> str:
        """A container event's image, as it was typed."""
        return text(self.document, "Actor", "Attributes", "image")
