"""What is relevant to a lab and may therefore be named in evidence. On a learner's own engine the rest is only counted.

On the course's own engine everything is the course's, so everything is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

import msgspec

from labcheck import configuration
from labcheck.concern import is_about
from labcheck.document import Document, mapping, text, texts
from labcheck.engine import ListedContainer
from labcheck.evidence_fields import EVENT, INSPECTED_IMAGE, LISTED_CONTAINER, LISTED_IMAGE, Shape, kept
from labcheck.query import Subject

IDENTIFIER = r"(?:sha256:)?[0-9a-f]{12,64}"


class Relevance(msgspec.Struct, frozen=True):
    """What is relevant to a lab; ``everything`` on the course's own engine."""

    subject: Subject
    everything: bool = False

    def about(self, name: str) -> bool:
        """Whether this image name is one the lab is about, or is in one of its registries."""
        return self.everything or is_about(self.subject, name)

    def is_registry(self, domain: str) -> bool:
        """Whether this is a registry that the lab is about."""
        return self.everything or domain in self.subject.domains

    def is_host(self, name: str) -> bool:
        """Whether this is the host of a registry that the lab is about, with any port or with none."""
        return self.everything or name.partition(":")[0] in {it.partition(":")[0] for it in self.subject.domains}

    def images(self, rows: list[object]) -> Document:
        """The answer to "which images are there"."""
        listed = [self._named(reduced(row, LISTED_IMAGE)) for row in rows if self.everything or self._is_ours(row)]
        return {"listed": listed, "others": len(rows) - len(listed)}

    def image(self, row: object) -> Document:
        """One image as inspected, without its names that are not relevant."""
        known = configuration.inspected(row)
        image = self._named(reduced(row, INSPECTED_IMAGE))
        return {**image, configuration.FIELD: known} if known else image

    def containers(self, rows: list[object], images: list[object]) -> Document:
        """The answer to "which containers are there"; ``images`` are all those of the engine."""
        ours = {text(image, "Id") for image in images if self._is_ours(image)}
        listed = [
            row
            for row in (reduced(row, LISTED_CONTAINER) for row in rows)
            if self._is_relevant(ListedContainer(row), ours)
        ]
        return {"listed": listed, "others": len(rows) - len(listed)}

    def event(self, event: Document) -> Document:
        """The event, without irrelevant names and without the command line after its action."""
        document = dict(reduced(event, EVENT))
        document["Action"] = text(event, "Action").partition(":")[0]
        if self.everything:
            return document
        actor, attributes = dict(mapping(document, "Actor")), dict(mapping(document, "Actor", "Attributes"))
        if text(event, "Type") == "container":
            image, name = text(attributes, "image"), text(attributes, "name")
            hidden = {} if name in self.subject.containers or self.about(image) else {"name", "image"}
        else:
            hidden = {key for key in ("name", "image") if not self._tells_nothing(text(attributes, key))}
            actor["ID"] = text(actor, "ID") if self._tells_nothing(text(actor, "ID")) else ""
        actor["Attributes"] = {key: value for key, value in attributes.items() if key not in hidden}
        return {**document, "Actor": actor}

    def _tells_nothing(self, name: str) -> bool:
        return re.fullmatch(IDENTIFIER, name) is not None or self.about(name)

    def _is_ours(self, image: object) -> bool:
        return any(self.about(name) for name in (*texts(image, "RepoTags"), *texts(image, "RepoDigests")))

    def _is_relevant(self, container: ListedContainer, images: set[str]) -> bool:
        return (
            self.everything
            or container.name in self.subject.containers
            or self.about(container.image)
            or container.image_id in images
            or any(binding.host_port in self.subject.ports for binding in container.bindings)
        )

    def _named(self, image: Document) -> Document:
        """With its relevant names only."""
        if self.everything:
            return image
        ours = {key: [name for name in texts(image, key) if self.about(name)] for key in ("RepoTags", "RepoDigests")}
        return {**image, **ours}


def reduced(document: object, shape: Shape) -> Document:
    """What the allow-list keeps of a JSON object."""
    found = kept(document, shape)
    return cast("Document", found) if isinstance(found, Mapping) else {}
