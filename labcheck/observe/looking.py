"""One look while it goes on: each query put to whom it concerns, and what of the answer is kept.

The only place where queries meet the world. A kind of query that is not here cannot be asked.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeAlias
from urllib.parse import quote

from labcheck.document import INSPECTED_CONTAINER, Document, text
from labcheck.name import parsed
from labcheck.observe.concern import Concern, reduced
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine import WHO, Engine
from labcheck.observe.registry import Registry
from labcheck.observe.request import Requests
from labcheck.observe.stored import stored
from labcheck.observe.trouble import CannotLook
from labcheck.query import (
    Catalog,
    ContainerList,
    ContainerNamed,
    ImageList,
    ImageNamed,
    Ping,
    RegistryQuery,
    StoredAt,
    Tags,
)
from labcheck.snapshot import Absent, Evidence, Found

Asked: TypeAlias = ContainerList | ContainerNamed | ImageList | ImageNamed | RegistryQuery
"""Every query but who the engine is: that has been asked before a look begins."""


def asked(query: Asked) -> str:
    """Whom the query asks, in a learner's words."""
    match query:
        case Ping(domain) | Catalog(domain) | Tags(domain):
            return domain
        case StoredAt(reference):
            named = parsed(reference)
            return named.domain if named else reference
        case _:
            return WHO


@dataclass(slots=True)
class Looking:
    """One look: the engine, the registries, what concerns the lab, and until when they may answer."""

    engine: Engine
    requests: Requests
    schemes: MutableMapping[str, str]
    concern: Concern
    deadline: Deadline
    _lock: Lock = field(default_factory=Lock)
    _listed_images: list[object] | None = None

    def answer(self, query: Asked) -> Evidence[Document]:  # noqa: PLR0911 - one line for each kind of query
        """What there is to say to this query; raises :class:`CannotLook` where we could not look."""
        match query:
            case ContainerList():
                return self._containers()
            case ContainerNamed(name):
                return self._container(name)
            case ImageList():
                return Found(self.concern.images(self._images()))
            case ImageNamed(reference):
                return self._image(reference)
            case Ping(domain):
                return self._registry(domain).ping()
            case Catalog(domain):
                return self._registry(domain).catalog()
            case Tags(domain, repository):
                return self._registry(domain).tags(repository)
            case StoredAt(reference):
                return self._stored(reference)

    def _containers(self) -> Evidence[Document]:
        rows = self._rows("/containers/json", all="1")
        return Found(self.concern.containers(rows, [] if self.concern.everything else self._images()))

    def _container(self, name: str) -> Evidence[Document]:
        found = self.engine.find(f"/containers/{quote(name, safe='')}/json", self.deadline)
        # The engine also answers to the beginning of an id.
        if text(found, "Name") != f"/{name}":
            return Absent()
        return Found(reduced(found, INSPECTED_CONTAINER))

    def _images(self) -> list[object]:
        """All images; asked for once, whoever needs them."""
        with self._lock:
            if self._listed_images is None:
                self._listed_images = self._rows("/images/json")
            return self._listed_images

    def _rows(self, path: str, **params: str) -> list[object]:
        rows = self.engine.get(path, self.deadline, **params)
        if not isinstance(rows, list):
            raise CannotLook(f"{WHO} gave an answer that labcheck does not understand.")
        return rows

    def _image(self, reference: str) -> Evidence[Document]:
        named = parsed(reference)
        # In full, a name is never taken for the beginning of an id.
        found = self.engine.find(f"/images/{named or quote(reference, safe='')}/json", self.deadline)
        return Absent() if found is None else Found(self.concern.image(found))

    def _stored(self, reference: str) -> Evidence[Document]:
        named = parsed(reference)
        if named is None:
            raise CannotLook(f"{reference} is no image reference.")
        return stored(self._registry(named.domain), named)

    def _registry(self, domain: str) -> Registry:
        return Registry(domain, self.requests, self.schemes)
