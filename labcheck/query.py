"""The questions a check may ask of the engine and of a registry.

Each is a value, so two checks that ask the same thing are answered once. Each reads its own answer and says
what it means that there is none. Asking them is :mod:`labcheck.observe`'s work, not theirs.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias, TypeVar

import msgspec

from labcheck.document import Document, items, number, text, texts, truth
from labcheck.engine import Container, Image, Info, ListedContainer
from labcheck.oci import Stored

Answer_co = TypeVar("Answer_co", covariant=True)


class Reads(Protocol[Answer_co]):
    """What all queries have in common: they read their own answer."""

    def read(self, document: Document) -> Answer_co:
        """The answer, as a view over the document that was observed."""
        ...


class _Query(msgspec.Struct, frozen=True, tag_field="ask", rename="kebab"):
    pass


class Containers(msgspec.Struct, frozen=True):
    """All containers: those that concern the lab, and how many others there are."""

    listed: tuple[ListedContainer, ...]
    others: int


class Images(msgspec.Struct, frozen=True):
    """All images: those that concern the lab, and how many others there are."""

    listed: tuple[Image, ...]
    others: int

    @property
    def count(self) -> int:
        """How many images there are, whoever's they are."""
        return len(self.listed) + self.others


class Pong(msgspec.Struct, frozen=True):
    """Who answered at a registry's address."""

    is_registry: bool
    status: int
    server: str


class EngineInfo(_Query, frozen=True, tag="engine-info"):
    """What is the engine? Never absent: an engine that does not answer is one we could not ask."""

    def read(self, document: Document) -> Info:
        """The engine's word on itself."""
        return Info(document)


class ContainerList(_Query, frozen=True, tag="container-list"):
    """Which containers are there, running or not? Never absent: no containers is an empty list."""

    def read(self, document: Document) -> Containers:
        """The containers as in ``docker ps -a``."""
        listed = tuple(ListedContainer(entry) for entry in items(document, "listed") if isinstance(entry, dict))
        return Containers(listed, number(document, "others"))


class ContainerNamed(_Query, frozen=True, tag="container"):
    """What is the container of this name? Absent: the engine has none of that name, running or not."""

    name: str

    def read(self, document: Document) -> Container:
        """The container as in ``docker inspect``."""
        return Container(document)


class ImageList(_Query, frozen=True, tag="image-list"):
    """Which images are there? Never absent: no images is an empty list."""

    def read(self, document: Document) -> Images:
        """The images as in ``docker image ls``."""
        listed = tuple(Image(entry) for entry in items(document, "listed") if isinstance(entry, dict))
        return Images(listed, number(document, "others"))


class ImageNamed(_Query, frozen=True, tag="image"):
    """What is the engine's image of this reference? Absent: the engine has no image of that name."""

    reference: str

    def read(self, document: Document) -> Image:
        """The image as in ``docker image inspect``."""
        return Image(document)


class Ping(_Query, frozen=True, tag="ping"):
    """Who answers at this domain? Absent: nobody, the connection was refused."""

    domain: str

    def read(self, document: Document) -> Pong:
        """Who answered."""
        return Pong(truth(document, "registry"), number(document, "status"), text(document, "server"))


class Catalog(_Query, frozen=True, tag="catalog"):
    """Which repositories does the registry list? Never absent: no repositories is an empty list."""

    domain: str

    def read(self, document: Document) -> tuple[str, ...]:
        """The repositories' names, sorted."""
        return texts(document, "repositories")


class Tags(_Query, frozen=True, tag="tags"):
    """Which tags has this repository of the registry? Absent: the registry does not know the repository."""

    domain: str
    repository: str

    def read(self, document: Document) -> tuple[str, ...]:
        """The tags, sorted."""
        return texts(document, "tags")


class StoredAt(_Query, frozen=True, tag="stored"):
    """What does the registry hold under this reference? Absent: nothing of that name and tag."""

    reference: str

    def read(self, document: Document) -> Stored:
        """The manifests, what they are made of, and what of it is missing."""
        return Stored(document)


class Subject(msgspec.Struct, frozen=True):
    """What a lab is about: all that may appear in evidence by name on an engine that is not the course's own.

    ``repositories`` are canonical (``docker.io/library/nginx``); whatever lies in one of the ``domains``, has one
    of the ``containers``' names or publishes one of the ``ports`` concerns the lab, too.
    """

    containers: frozenset[str] = frozenset()
    repositories: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset()


EngineQuery: TypeAlias = EngineInfo | ContainerList | ContainerNamed | ImageList | ImageNamed
RegistryQuery: TypeAlias = Ping | Catalog | Tags | StoredAt
Query: TypeAlias = EngineQuery | RegistryQuery
